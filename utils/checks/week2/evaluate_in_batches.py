"""Check of `evaluate_in_batches`: the means over all samples, though the last batch is smaller."""

import keras
import numpy as np
from scipy.special import log_softmax

from ..check import new_check
from ._cross_entropy import cross_entropy, picked

evaluate_in_batches = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


def _batch_logits(model, x, y, batch_size, training=False):
    for start in range(0, len(x), batch_size):
        rows = slice(start, start + batch_size)
        yield model(x[rows], training=training).numpy(), y[rows]


def _losses(logits, labels):
    return -picked(log_softmax(logits, axis=1), labels)


def _losses_of_probabilities(logits, labels):
    return keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=False).numpy()


def _right(logits, labels):
    return logits.argmax(axis=1) == labels


def _all_batches(x, found):
    return len(found)


def _evaluate(
    model,
    x,
    y,
    batch_size,
    training=False,
    drops_last=False,
    losses=_losses,
    of_batch=np.sum,
    divide_by=lambda x, found: len(x),
):
    """Return loss and accuracy: what `of_batch` makes of each batch, added up and divided."""
    found = list(_batch_logits(model, x, y, batch_size, training))
    if drops_last:
        found = [(logits, labels) for logits, labels in found if len(labels) == batch_size]
    return tuple(
        sum(of_batch(values(*batch)) for batch in found) / divide_by(x, found)
        for values in (losses, _right)
    )


DROPPED = "The last batch is dropped: it is smaller, but its samples count too."

evaluate_in_batches.add_mistakes(
    _evaluate,
    [
        (
            DROPPED,
            {
                "drops_last": True,
                "divide_by": lambda x, found: max(sum(len(labels) for _, labels in found), 1),
            },
        ),
        (DROPPED, {"drops_last": True}),
        (
            "You averaged the batches' means: a sample in the smaller last batch then counts more "
            "than the others. Add up, and divide once by the number of samples.",
            {"of_batch": np.mean, "divide_by": _all_batches},
        ),
        ("The model runs in training mode: call it with training=False.", {"training": True}),
        (
            "The loss expects probabilities, but the model returns logits: pass from_logits=True.",
            {"losses": _losses_of_probabilities},
        ),
        (
            "You returned sums; divide both by the number of samples.",
            {"divide_by": lambda x, found: 1},
        ),
        (
            "You added up the batches' means and divided by the number of samples: add up their "
            "sums.",
            {"of_batch": np.mean},
        ),
    ],
)


@evaluate_in_batches.mistake(
    "The loss is a mean of the batches' means, so a sample in the smaller last batch counts more. "
    "The accuracy is right."
)
def mean_of_means_in_the_loss(model, x, y, batch_size):
    means = _evaluate(model, x, y, batch_size, of_batch=np.mean, divide_by=_all_batches)
    return means[0], _evaluate(model, x, y, batch_size)[1]


@evaluate_in_batches.mistake("Accuracy is a fraction from 0 to 1; you returned a percentage.")
def in_per_cent(model, x, y, batch_size):
    loss, accuracy = _evaluate(model, x, y, batch_size)
    return loss, 100 * accuracy


@evaluate_in_batches.mistake("All rows went through the model at once: take batch_size at a time.")
def all_at_once(model, x, y, batch_size):
    return _evaluate(model, x, y, len(x))


@evaluate_in_batches.mistake("The order of the results is (loss, accuracy).")
def accuracy_first(model, x, y, batch_size):
    return _evaluate(model, x, y, batch_size)[::-1]


@evaluate_in_batches.alternative
def by_collecting(model, x, y, batch_size):
    found = [(_losses(*item), _right(*item)) for item in _batch_logits(model, x, y, batch_size)]
    losses, right = (np.concatenate(column) for column in zip(*found))
    return losses.mean(), right.mean()


@evaluate_in_batches.alternative
def by_weights(model, x, y, batch_size):
    loss = accuracy = 0.0
    for logits, labels in _batch_logits(model, x, y, batch_size):
        share = len(labels) / len(x)
        loss += share * float(cross_entropy()(labels, logits))
        accuracy += share * _right(logits, labels).mean()
    return loss, accuracy


@evaluate_in_batches.witness("Keras's own evaluation")
def by_keras_evaluation(model, x, y, batch_size):
    model.compile(loss=cross_entropy(), metrics=["accuracy"])
    return model.evaluate(x, y, batch_size=batch_size, verbose=0)
