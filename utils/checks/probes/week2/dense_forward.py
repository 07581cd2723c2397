"""On which inputs `dense_forward` is tried."""

from ..recorder import probe
from ._arrays import kind_of_array


@probe
def dense_forward(call, rng):
    W, b = rng.normal(size=(4, 3)), rng.normal(size=3)
    call("a batch of five", rng.normal(size=(5, 4)), W, b)
    call("a batch of one", rng.normal(size=(1, 4)), W, b)
    call("a square W, and as many rows", *rng.normal(size=(2, 4, 4)), rng.normal(size=4))
    call("the kind of result", rng.normal(size=(2, 4)), W, b, then=kind_of_array)
