"""On which inputs `caption_loss` is tried."""

from ..models import try_masked_loss
from ..recorder import probe
from ._captions import PAD_ID


@probe
def caption_loss(call, rng):
    try_masked_loss(call, rng, "caption", PAD_ID, targets_first=True)
