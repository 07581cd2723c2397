"""Check of `caption_loss`: points, the mistakes people make, sound variants."""

import keras
import numpy as np
from keras import ops
from scipy.special import log_softmax

from ..check import new_check

caption_loss = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


@caption_loss.witness("Keras's loss with a class that it ignores")
def keras_loss(targets, logits, pad_idx):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, ignore_class=pad_idx)
    return loss(targets, logits)


def _losses(targets, logits, pad_idx):
    """Return the cross-entropy at each place, and 1.0 where it isn't padding."""
    losses = ops.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    return losses, ops.cast(targets != pad_idx, "float32")


@caption_loss.mistake("Padding counts in yours: leave its places out, and the mean is of the rest.")
def unmasked(targets, logits, pad_idx):
    return ops.mean(_losses(targets, logits, pad_idx)[0])


@caption_loss.mistake(
    "You left padding out of the sum, but divided by all places; divide by the number of real ones."
)
def divided_by_all_places(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.mean(losses * is_real)


@caption_loss.mistake("This is the sum; divide by the number of real tokens.")
def summed(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.sum(losses * is_real)


@caption_loss.mistake(
    "You averaged each caption, then the captions: so a word of a short one counts more than "
    "others."
)
def mean_of_captions(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.mean(ops.sum(losses * is_real, axis=1) / ops.sum(is_real, axis=1))


@caption_loss.mistake("The mask is the wrong way round: you kept padding and left out the rest.")
def mask_turned(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, pad_idx)
    return ops.sum(losses * (1 - is_real)) / ops.maximum(ops.sum(1 - is_real), 1)


@caption_loss.mistake("You took 0 for padding; it is whatever pad_idx says, and 0 is #END#.")
def always_zero(targets, logits, pad_idx):
    losses, is_real = _losses(targets, logits, 0)
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


@caption_loss.mistake("These are logits, not probabilities: say from_logits=True.")
def logits_as_probabilities(targets, logits, pad_idx):
    losses = ops.sparse_categorical_crossentropy(targets, logits)
    is_real = _losses(targets, logits, pad_idx)[1]
    return ops.sum(losses * is_real) / ops.sum(is_real)


@caption_loss.mistake(
    "You shifted the targets. They come shifted: targets[:, t] is what logits[:, t] should name."
)
def shifted_again(targets, logits, pad_idx):
    losses, is_real = _losses(targets[:, 1:], logits[:, :-1], pad_idx)
    return ops.sum(losses * is_real) / ops.maximum(ops.sum(is_real), 1)


@caption_loss.mistake(
    "A very small probability becomes 0 in yours, and its logarithm infinite: use the logarithm of "
    "the softmax, not first one and then the other."
)
def log_of_softmax(targets, logits, pad_idx):
    chosen = ops.one_hot(targets, logits.shape[-1])
    losses = -ops.log(ops.sum(chosen * ops.softmax(logits), axis=-1))
    is_real = ops.cast(targets != pad_idx, "float32")
    return ops.sum(losses * is_real) / ops.sum(is_real)


@caption_loss.mistake(
    "NumPy computes the right number, but no gradient can pass it: use `keras.ops`."
)
def loss_by_numpy(targets, logits, pad_idx):
    targets, logits = map(ops.convert_to_numpy, (targets, logits))
    chosen = np.take_along_axis(log_softmax(logits, axis=-1), targets[..., None], -1)[..., 0]
    return -ops.convert_to_tensor(chosen[targets != pad_idx].mean())


@caption_loss.alternative
def by_log_softmax(targets, logits, pad_idx):
    chosen = ops.one_hot(targets, logits.shape[-1])
    log_probabilities = ops.sum(ops.log_softmax(logits, axis=-1) * chosen, axis=-1)
    is_real = ops.cast(ops.not_equal(targets, pad_idx), logits.dtype)
    return -ops.sum(log_probabilities * is_real) / ops.sum(is_real)


@caption_loss.alternative
def by_where(targets, logits, pad_idx):
    losses = keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)
    real = ops.logical_not(ops.equal(targets, pad_idx))
    number = ops.count_nonzero(real)
    return ops.sum(ops.where(real, losses, 0.0)) / ops.cast(number, "float32")
