"""On which inputs `dense_backward` is tried."""

from ..recorder import probe


@probe
def dense_backward(call, rng):
    W = rng.normal(size=(4, 3))
    call("a batch of five", rng.normal(size=(5, 3)), rng.normal(size=(5, 4)), W)
    call("a batch of one", rng.normal(size=(1, 3)), rng.normal(size=(1, 4)), W)
    call("a square W", *rng.normal(size=(2, 5, 4)), rng.normal(size=(4, 4)))
