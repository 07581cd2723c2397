"""On which inputs `masked_loss` is tried."""

from ..models import try_masked_loss
from ..recorder import probe


@probe
def masked_loss(call, rng):
    try_masked_loss(call, rng, "name", 0, targets_first=False)
