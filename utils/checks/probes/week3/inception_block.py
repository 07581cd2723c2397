"""On which inputs `inception_block` is tried."""

from ..recorder import probe
from ._blocks import try_block


@probe
def inception_block(call, rng):
    sides, channels = rng.permutation([6, 7, 8]), rng.integers(5, 10, size=2)
    for side, number, filters in zip(sides, channels, (8, 12)):
        try_block(call, rng, int(side), int(number), filters)
