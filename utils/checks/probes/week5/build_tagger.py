"""On which inputs `build_tagger` is tried."""

from ..recorder import probe
from ._sequence_networks import look_at_places, try_network


@probe
def build_tagger(call, rng):
    args = (int(rng.integers(9, 13)), int(rng.integers(4, 7)))
    try_network(call, f"{args[0]} words", args, rng, look_at_places, lambda shape: shape)
