"""On which inputs `max_pool_naive` is tried."""

from ..recorder import probe


@probe
def max_pool_naive(call, rng):
    call("windows of 2×2", rng.normal(size=(2, 6, 4, 3)))
    call("windows of 3×3", rng.normal(size=(1, 6, 9, 2)), 3)
    call("an odd number of rows and columns", rng.normal(size=(2, 5, 7, 2)))
    call("only negative values", -1 - rng.random(size=(1, 4, 4, 2)))
