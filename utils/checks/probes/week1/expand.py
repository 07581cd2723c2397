"""On which inputs `expand` is tried."""

from ..recorder import probe


@probe
def expand(call, rng):
    call("five points", rng.normal(size=(5, 2)))
    call("one point", rng.normal(size=(1, 2)))
    call("points of integers", rng.integers(2, 9, size=(4, 2)))
