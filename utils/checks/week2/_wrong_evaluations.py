"""Mistakes of `evaluate_in_batches`, as rows of switches."""

import keras
import numpy as np
from scipy.special import log_softmax, softmax

from ._cross_entropy import picked


def _batch_logits(model, x, y, batch_size, training=False):
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        yield model(x[rows], training=training).numpy(), y[rows]


def _losses(logits, labels):
    return -picked(log_softmax(logits, axis=1), labels)


def _losses_of_probabilities(logits, labels):
    return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=False).numpy()


def _losses_of_softmax(small):
    """Return losses that take the logarithm of probabilities, to which `small` is added."""

    def losses(logits, labels):
        return -np.log(picked(softmax(logits, axis=1), labels) + np.float32(small))

    return losses


def _losses_of_clipped(logits, labels):
    return _losses_of_probabilities(softmax(logits, axis=1), labels)


def _softmax_twice(logits, labels):
    return _losses(softmax(logits, axis=1), labels)


def _right(logits, labels):
    return logits.argmax(axis=1) == labels


def _right_by_column(logits, labels):
    found = logits.argmax(axis=1) == labels[:, None]
    return found.mean(axis=0)


def _every_pair(logits, labels):
    return logits.argmax(axis=1) == labels[:, None]


def _number_of_pairs(x, found):
    return sum(len(labels) ** 2 for _, labels in found)


def _all_batches(x, found):
    return len(found)


def _whole_batches(x, found):
    size = max(len(labels) for _, labels in found)
    return max(len(x) // size * size, 1)


def _evaluate(
    model,
    x,
    y,
    batch_size,
    training=False,
    keep=lambda found: found,
    losses=_losses,
    right=_right,
    of_batch=np.sum,
    divide_by=lambda x, found: len(x),
    finish=lambda loss, accuracy: (loss, accuracy),
):
    """Return loss and accuracy: what `of_batch` makes of each batch, added up and divided.

    keep: function from the list of batches, pairs of logits and labels, to those that count.
    finish: function of the two results.
    """
    found = keep(list(_batch_logits(model, x, y, batch_size, training)))
    return finish(
        *(
            sum(of_batch(values(*batch)) for batch in found) / divide_by(x, found)
            for values in (losses, right)
        )
    )


def _number_of_labels(x, found):
    return max(sum(len(labels) for _, labels in found), 1)


def _only_whole(found):
    size = max(len(labels) for _, labels in found)
    return [(logits, labels) for logits, labels in found if len(labels) == size]


PAIRS = (
    "Each answer is compared with every label, not with its own: labels and answers must have the "
    "same shape, (n,)."
)
DROPPED = "The last batch is dropped: it is smaller, but its samples count too."
LAST_ONE = "The last batch is dropped, also where it is whole: its samples count too."
UNSTABLE = (
    "The loss comes from probabilities, and one of them may round to 0. Compute it from logits: "
    "from_logits=True, or TensorFlow's `…_cross_entropy_with_logits`."
)
MEANS = (
    "You averaged the batches' means: a sample in the smaller last batch then counts more "
    "than the others. Add up, and divide once by the number of samples."
)

ROWS = [
    (DROPPED, {"keep": _only_whole, "divide_by": _number_of_labels}),
    (DROPPED, {"keep": _only_whole}),
    (DROPPED, {"keep": _only_whole, "of_batch": np.mean, "divide_by": _all_batches}),
    (LAST_ONE, {"keep": lambda found: found[:-1], "divide_by": _number_of_labels}),
    (LAST_ONE, {"keep": lambda found: found[:-1]}),
    (
        "Only the first batch counts: the return stands inside the loop, so it ends there.",
        {"keep": lambda found: found[:1], "divide_by": _number_of_labels},
    ),
    (
        "Only the first batch counts: the return stands inside the loop, so it ends there.",
        {"keep": lambda found: found[:1]},
    ),
    (
        "Only the last batch counts: add up over all of them.",
        {"keep": lambda found: found[-1:], "divide_by": _number_of_labels},
    ),
    (
        "Only the last batch counts: add up over all of them.",
        {"keep": lambda found: found[-1:]},
    ),
    (MEANS, {"of_batch": np.mean, "divide_by": _all_batches}),
    ("The model runs in training mode: call it with training=False.", {"training": True}),
    (
        "The loss expects probabilities, but the model returns logits: pass from_logits=True.",
        {"losses": _losses_of_probabilities},
    ),
    (
        "The loss expects logits, but you gave it probabilities: leave the softmax out.",
        {"losses": _softmax_twice},
    ),
    *((UNSTABLE, {"losses": _losses_of_softmax(10.0**-n)}) for n in (6, 7, 8, 9, 10, 12, 15)),
    (UNSTABLE, {"losses": _losses_of_softmax(0)}),
    (UNSTABLE, {"losses": _losses_of_clipped}),
    (
        "You returned sums; divide both by the number of samples.",
        {"divide_by": lambda x, found: 1},
    ),
    (
        "You added up the samples' losses, and divided by the number of batches: divide by "
        "the number of samples.",
        {"divide_by": _all_batches},
    ),
    (
        "You divided by the number of whole batches times batch_size; the samples of the last "
        "batch count too: divide by len(x).",
        {"divide_by": _whole_batches},
    ),
    (
        "You added up the batches' means and divided by the number of samples: add up their sums.",
        {"of_batch": np.mean},
    ),
    (PAIRS, {"right": _right_by_column}),
    (PAIRS, {"right": _every_pair}),
    (
        "The accuracy is the share that is right; you returned the share that is wrong.",
        {"right": lambda logits, labels: logits.argmax(axis=1) != labels},
    ),
    (
        "You took the class of the smallest logit; the largest is the answer.",
        {"right": lambda logits, labels: logits.argmin(axis=1) == labels},
    ),
    (
        "The sign of the loss is wrong: it is minus the logarithm of a probability.",
        {"losses": lambda logits, labels: -_losses(logits, labels)},
    ),
    (
        "The loss is in nats: use the natural logarithm.",
        {"losses": lambda logits, labels: _losses(logits, labels) / np.log(2)},
    ),
    ("The order of the results is (loss, accuracy).", {"finish": lambda *both: both[::-1]}),
    ("The accuracy is missing: return both, (loss, accuracy).", {"finish": lambda *a: a[0]}),
    ("The loss is missing: return both, (loss, accuracy).", {"finish": lambda *a: a[1]}),
]
