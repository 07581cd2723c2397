"""Mistakes, alternatives and the witness of a loss that leaves padding out.

Two exercises ask for it, with the arguments in different orders and under different names. Here
every loss takes `(targets, logits, pad)`.
"""

import keras
import numpy as np
from keras import ops


def losses_and_mask(targets, logits, pad):
    """Return the cross-entropy at each place, and a mask: 1.0 where it isn't padding."""
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return losses, ops.cast(targets != pad, "float32")


def _mean(losses, is_real):
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


def _mean_of_rows(losses, is_real):
    return ops.mean(ops.sum(losses * is_real, axis=1) / ops.sum(is_real, axis=1))


def _log_of_softmax(targets, logits):
    chosen = ops.one_hot(targets, logits.shape[-1])
    return -ops.log(ops.sum(chosen * ops.softmax(logits), axis=-1))


def _loss(targets, logits, pad, places=None, reduce=_mean, number=lambda pad: pad, shifted=False):
    """Return the loss, with the mistakes that the switches make."""
    if shifted:
        targets, logits = targets[:, 1:], logits[:, :-1]
    losses, is_real = losses_and_mask(targets, logits, number(pad))
    return reduce(places(targets, logits) if places else losses, is_real)


def _by_numpy(targets, logits, pad):
    targets, logits = map(ops.convert_to_numpy, (targets, logits))
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_probabilities = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    chosen = np.take_along_axis(log_probabilities, targets[..., None], -1)[..., 0]
    return -ops.convert_to_tensor(chosen[targets != pad].mean())


def _by_log_softmax(targets, logits, pad):
    chosen = ops.one_hot(targets, logits.shape[-1])
    log_probabilities = ops.sum(ops.log_softmax(logits, axis=-1) * chosen, axis=-1)
    is_real = ops.cast(ops.not_equal(targets, pad), logits.dtype)
    return -ops.sum(log_probabilities * is_real) / ops.sum(is_real)


def _by_where(targets, logits, pad):
    losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    real = ops.logical_not(ops.equal(targets, pad))
    return ops.sum(ops.where(real, losses, 0.0)) / ops.cast(ops.count_nonzero(real), "float32")


def _by_keras(targets, logits, pad):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad)
    return loss(targets, logits)


def _rows(row, token, always_zero):
    """Return the mistakes that are switches of `_loss`."""
    return [
        (
            "You averaged over padding, too: leave it out, and take the mean of the rest.",
            {"reduce": lambda losses, is_real: ops.mean(losses)},
        ),
        (
            "You left padding out of the sum, but divided by the number of all tokens; divide by "
            "the number of real ones.",
            {"reduce": lambda losses, is_real: ops.mean(losses * is_real)},
        ),
        (
            "This is the sum; divide by the number of real tokens.",
            {"reduce": lambda losses, is_real: ops.sum(losses * is_real)},
        ),
        (
            f"You averaged over each {row}, then over the {row}s, so a {token} of a short {row} "
            "counts more than others.",
            {"reduce": _mean_of_rows},
        ),
        (
            "The mask is the wrong way round: you kept the padding and left out the rest.",
            {"reduce": lambda losses, is_real: _mean(losses, 1 - is_real)},
        ),
        (always_zero, {"number": lambda pad: 0}),
        (
            "These are logits, not probabilities: set from_logits=True.",
            {"places": ops.sparse_categorical_crossentropy},
        ),
        (
            "You shifted the targets, but they are shifted already: logits[:, t] should predict "
            "targets[:, t].",
            {"shifted": True},
        ),
        (
            "A very small probability becomes 0, and its logarithm infinite: take the logarithm of "
            "the softmax in one step, by log_softmax or from_logits=True.",
            {"places": _log_of_softmax},
        ),
    ]


BY_NUMPY = (
    "The number is right, but no gradient can pass through it: NumPy, `float()`, `.numpy()` and "
    "`stop_gradient` cut it off. Use `keras.ops` from end to end."
)


def add_masked_losses(check, in_order, row, token, always_zero):
    """Add the mistakes, alternatives and witness of such losses to a check.

    in_order: function from a loss of `(targets, logits, pad, **switches)` to the same with the
    exercise's parameters. row, token: str, what a row of targets and a target are, as "name" and
    "letter". always_zero: str, the explanation for those who take 0 for padding whatever it is.
    """

    def answer(loss):
        result = in_order(loss)
        result.__name__ = loss.__name__
        return result

    check.add_mistakes(answer(_loss), _rows(row, token, always_zero))
    check.mistake(BY_NUMPY)(answer(_by_numpy))
    check.alternative(answer(_by_log_softmax))
    check.alternative(answer(_by_where))
    check.witness("Keras's loss with a class that it ignores")(answer(_by_keras))
