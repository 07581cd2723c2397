"""On which inputs `expand` is tried."""

from ..recorder import probe


@probe
def expand(call, rng):
    many, some = rng.choice([7, 9, 11, 13], size=2, replace=False)  # not 6, the columns
    call(f"{many} points", rng.normal(size=(many, 2)))
    call("one point", rng.normal(size=(1, 2)))
    call("points of integers", rng.integers(3, 9, size=(some, 2)))
