"""On which inputs `build_tagger` is tried."""

from ..recorder import probe
from ._sequence_networks import look_at_places, try_network


@probe
def build_tagger(call, rng):
    args = (10, int(rng.integers(4, 7)))
    try_network(call, "10 words", args, rng, look_at_places, lambda shape: shape)
