"""On which inputs `dense_forward` is tried."""

from ..recorder import probe
from ._arrays import draw_sizes, kind_of_array


@probe
def dense_forward(call, rng):
    batch, inputs, outputs = draw_sizes(rng, 3)
    W, b = rng.normal(size=(inputs, outputs)), rng.normal(size=outputs)
    call(f"a batch of {batch}", rng.normal(size=(batch, inputs)), W, b)
    call("a batch of one", rng.normal(size=(1, inputs)), W, b)
    square = rng.normal(size=(2, outputs, outputs))
    call("a square W, and as many rows", *square, rng.normal(size=outputs))
    call("the kind of result", rng.normal(size=(2, inputs)), W, b, then=kind_of_array)
