"""On which inputs `dense_backward` is tried."""

from ..recorder import probe
from ._arrays import draw_sizes


@probe
def dense_backward(call, rng):
    batch, inputs, outputs = draw_sizes(rng, 3)
    W = rng.normal(size=(inputs, outputs))
    for rows, case in ((batch, f"a batch of {batch}"), (1, "a batch of one")):
        call(case, rng.normal(size=(rows, outputs)), rng.normal(size=(rows, inputs)), W)
    # here no product fails, so that it shows which of them is wrong
    call("a square W, and as many rows", *rng.normal(size=(3, inputs, inputs)))
