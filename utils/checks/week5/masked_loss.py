"""Check of `masked_loss`: the mean over the tokens of names that aren't padding."""

from keras import ops

from .._masked_loss import add_masked_losses, losses_and_mask
from ..check import new_check
from ._wrong_masked_losses import ROWS, cross_entropy

masked_loss = new_check(__name__, points=2, rtol=1e-4, atol=1e-5)


def _in_order(loss):
    """Return a loss of `(targets, logits, pad)` with the exercise's parameters."""
    return lambda logits, targets, pad_id, **switches: loss(targets, logits, pad_id, **switches)


add_masked_losses(
    masked_loss,
    _in_order,
    row="name",
    token="letter",
    always_zero="You took 0 for padding; it is whatever pad_id says.",
)


@masked_loss.mistake(
    "You summed the losses of each name, then averaged over the names: take one mean over all real "
    "tokens."
)
def sum_of_names(logits, targets, pad_id):
    losses, is_real = losses_and_mask(targets, logits, pad_id)
    return ops.sum(losses * is_real) / logits.shape[0]


def _loss(
    logits, targets, pad_id, places=cross_entropy,
    real=lambda targets, logits, pad_id: targets != pad_id,
    reduce=lambda losses, is_real: ops.sum(losses * is_real) / ops.sum(is_real),
    read=lambda logits, is_real: logits,
):  # fmt: skip
    """Return the loss, with changes."""
    is_real = ops.cast(real(targets, logits, pad_id), "float32")
    return reduce(places(targets, read(logits, is_real[..., None])), is_real)


masked_loss.add_mistakes(_loss, ROWS)
