"""On which inputs `expand` is tried."""

from ..recorder import probe


@probe
def expand(call, rng):
    many, some = rng.integers(7, 13, size=2)  # not 6, which is the number of columns
    call(f"{many} points", rng.normal(size=(many, 2)))
    call("one point", rng.normal(size=(1, 2)))
    call("points of integers", rng.integers(2, 9, size=(some, 2)))
