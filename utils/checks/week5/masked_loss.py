"""Check of `masked_loss`: points, the mistakes people make, sound variants."""

import keras
import numpy as np
from keras import ops

from ..check import new_check

masked_loss = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


@masked_loss.witness("Keras's loss with a class that it ignores")
def keras_loss(logits, targets, pad_id):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad_id)
    return loss(targets, logits)


def _losses(logits, targets, pad_id):
    """Return the cross-entropy at each place, and 1.0 where it isn't padding."""
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return losses, ops.cast(targets != pad_id, "float32")


@masked_loss.mistake("Padding counts in yours: leave its places out, and the mean is of the rest.")
def unmasked(logits, targets, pad_id):
    return ops.mean(_losses(logits, targets, pad_id)[0])


@masked_loss.mistake(
    "You left padding out of the sum, but divided by all places; divide by the number of real ones."
)
def divided_by_all_places(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.mean(losses * is_real)


@masked_loss.mistake("This is the sum; divide by the number of real tokens.")
def summed(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.sum(losses * is_real)


@masked_loss.mistake(
    "You averaged each name, then the names: so a letter of a short name counts more than others."
)
def mean_of_names(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.mean(ops.sum(losses * is_real, axis=1) / ops.sum(is_real, axis=1))


@masked_loss.mistake("You summed each name's losses; every real token counts the same: one mean.")
def sum_of_names(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.sum(losses * is_real) / logits.shape[0]


@masked_loss.mistake("The mask is the wrong way round: you kept the padding and left out the rest.")
def mask_turned(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, pad_id)
    return ops.sum(losses * (1 - is_real)) / ops.maximum(ops.sum(1 - is_real), 1)


@masked_loss.mistake("You took 0 for padding; it is whatever pad_id says.")
def always_zero(logits, targets, pad_id):
    losses, is_real = _losses(logits, targets, 0)
    return ops.sum(losses * is_real) / ops.sum(is_real)


@masked_loss.mistake("These are logits, not probabilities: say from_logits=True.")
def logits_as_probabilities(logits, targets, pad_id):
    losses = ops.sparse_categorical_crossentropy(targets, logits)
    is_real = _losses(logits, targets, pad_id)[1]
    return ops.sum(losses * is_real) / ops.sum(is_real)


@masked_loss.mistake(
    "You shifted the targets. They come shifted: targets[:, t] is what logits[:, t] should name."
)
def shifted_again(logits, targets, pad_id):
    losses, is_real = _losses(logits[:, :-1], targets[:, 1:], pad_id)
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


@masked_loss.mistake(
    "A very small probability becomes 0 in yours, and its logarithm infinite: use the logarithm of "
    "the softmax, not first one and then the other."
)
def log_of_softmax(logits, targets, pad_id):
    chosen = ops.one_hot(targets, logits.shape[-1])
    losses = -ops.log(ops.sum(chosen * ops.softmax(logits), axis=-1))
    is_real = ops.cast(targets != pad_id, "float32")
    return ops.sum(losses * is_real) / ops.sum(is_real)


@masked_loss.mistake(
    "NumPy computes the right number, but no gradient can pass it: use `keras.ops`."
)
def by_numpy(logits, targets, pad_id):
    logits, targets = map(ops.convert_to_numpy, (logits, targets))
    logits = logits - logits.max(axis=-1, keepdims=True)
    log_probabilities = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    chosen = np.take_along_axis(log_probabilities, targets[..., None], -1)[..., 0]
    return -ops.convert_to_tensor(chosen[targets != pad_id].mean())


@masked_loss.alternative
def by_log_softmax(logits, targets, pad_id):
    chosen = ops.one_hot(targets, logits.shape[-1])
    log_probabilities = ops.sum(ops.log_softmax(logits, axis=-1) * chosen, axis=-1)
    is_real = ops.cast(ops.not_equal(targets, pad_id), logits.dtype)
    return -ops.sum(log_probabilities * is_real) / ops.sum(is_real)


@masked_loss.alternative
def by_where(logits, targets, pad_id):
    losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    real = ops.logical_not(ops.equal(targets, pad_id))
    number = ops.count_nonzero(real)
    return ops.sum(ops.where(real, losses, 0.0)) / ops.cast(number, "float32")
