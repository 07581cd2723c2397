"""On which inputs `residual_block` is tried."""

from ..recorder import probe
from ._blocks import try_block

CHANNELS = (
    "Only where the number of channels changes your block fails: there the shortcut needs its 1×1 "
    "convolution too, whatever the stride."
)
STRIDE = (
    "Only where the stride isn't 1 your block fails: there the shortcut needs its 1×1 convolution, "
    "with that stride, even if the number of channels stays."
)


@probe
def residual_block(call, rng):
    """Where the shape stays, where the channels change, and where the image gets smaller."""
    filters, fewer = int(rng.integers(7, 10)), int(rng.integers(4, 7))
    sides = [int(side) for side in rng.integers(5, 8, size=2)]
    try_block(call, rng, sides[0], filters, filters)
    try_block(call, rng, sides[1], fewer, filters, alone=CHANNELS)
    try_block(call, rng, int(rng.choice([7, 9])), filters, filters, 2, alone=STRIDE)
