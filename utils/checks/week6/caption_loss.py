"""Check of `caption_loss`: the mean over the words of captions that aren't padding."""

from .._masked_loss import add_masked_losses
from ..check import new_check

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
