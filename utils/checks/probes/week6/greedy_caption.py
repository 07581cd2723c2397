"""On which inputs `greedy_caption` is tried."""

from ..recorder import probe
from ._decoding import DECODED, try_decoder


@probe
def greedy_caption(call, rng):
    for case in DECODED:
        try_decoder(call, rng, *case)
