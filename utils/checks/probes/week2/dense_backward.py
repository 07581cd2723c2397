"""On which inputs `dense_backward` is tried."""

from ..recorder import probe
from ._arrays import draw_sizes


@probe
def dense_backward(call, rng):
    batch, inputs, outputs = draw_sizes(rng, 3)
    W = rng.normal(size=(inputs, outputs))
    for rows, case in ((batch, f"a batch of {batch}"), (1, "a batch of one")):
        call(case, rng.normal(size=(rows, outputs)), rng.normal(size=(rows, inputs)), W)
    call("a square W", *rng.normal(size=(2, batch, inputs)), rng.normal(size=(inputs, inputs)))
