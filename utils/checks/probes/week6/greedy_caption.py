"""On which inputs `greedy_caption` is tried."""

from ..recorder import probe
from ._decoding import decoded, try_decoder


@probe
def greedy_caption(call, rng):
    for case in decoded(rng):
        try_decoder(call, rng, *case)
