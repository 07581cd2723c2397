"""On which inputs `residual_block` is tried."""

from ..recorder import probe
from ._blocks import try_block


@probe
def residual_block(call, rng):
    try_block(call, rng, "8 channels to 8", call.function, 6, 8, 8)
    try_block(call, rng, "6 channels to 8", call.function, 6, 6, 8)
    try_block(call, rng, "8 channels to 8, stride 2", call.function, 7, 8, 8, 2)
