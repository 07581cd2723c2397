"""On which inputs `inception_block` is tried."""

from ..recorder import probe
from ._blocks import try_block


@probe
def inception_block(call, rng):
    try_block(call, rng, "6 channels to 8", call.function, 7, 6, 8)
    try_block(call, rng, "8 channels to 12", call.function, 6, 8, 12)
