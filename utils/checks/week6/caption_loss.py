"""Check of `caption_loss`: the mean over the words of captions that aren't padding."""

import keras
from keras import ops

from .._masked_loss import BY_NUMPY, add_masked_losses, losses_and_mask
from ..check import new_check
from ._wrong_caption_losses import ROWS, mean_of_real

caption_loss = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


def _in_order(loss):
    """Return a loss of `(targets, logits, pad)` with the exercise's parameters."""
    return lambda targets, logits, pad_idx, **switches: loss(targets, logits, pad_idx, **switches)


add_masked_losses(
    caption_loss,
    _in_order,
    row="caption",
    token="word",
    always_zero="You took 0 for padding; it is whatever pad_idx says, and 0 is #END#.",
)


def _changed(
    targets, logits, pad_idx, reduce=mean_of_real, is_real=ops.not_equal, places=None,
    change=lambda targets, logits, mask: (targets, logits),
):  # fmt: skip
    """Return the loss, with changes. places: function (targets, logits) -> the loss at each."""
    mask = ops.cast(is_real(targets, pad_idx), "float32")
    targets, logits = change(targets, logits, mask)
    losses = places(targets, logits) if places else losses_and_mask(targets, logits, pad_idx)[0]
    return reduce(losses, mask)


caption_loss.add_mistakes(_changed, ROWS)


@caption_loss.mistake(BY_NUMPY)
def as_a_float(targets, logits, pad_idx):
    return float(_changed(targets, logits, pad_idx))


@caption_loss.mistake(BY_NUMPY)
def as_numpy(targets, logits, pad_idx):
    return _changed(targets, logits, pad_idx).numpy()


@caption_loss.mistake(
    "Your one-hot targets went into a loss that wants probabilities: set from_logits=True."
)
def categorical_of_logits(targets, logits, pad_idx):
    def places(targets, logits):
        chosen = ops.one_hot(targets, logits.shape[-1])
        return keras.losses.categorical_crossentropy(chosen, logits)

    return _changed(targets, logits, pad_idx, places=places)
