"""On which inputs `build_classifier` is tried."""

from ..recorder import probe
from ._sequence_networks import look_at, try_network

TIME = 12  # tokens per row: who reads only some of them is found out


def _look_at_ends(model, rng, num_tokens):
    return look_at(model, rng, num_tokens, TIME, places=(0, TIME // 2, TIME - 1))


@probe
def build_classifier(call, rng):
    args = (int(rng.integers(8, 12)), int(rng.integers(3, 6)))
    try_network(call, f"{args[0]} tokens", args, rng, _look_at_ends, lambda shape: shape[:1])
