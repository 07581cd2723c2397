"""On which inputs `sgd_step` is tried."""

from ..recorder import probe
from ._problem import draw_integers, draw_size


@probe
def sgd_step(call, rng):
    size = draw_size(rng)
    w, grad = rng.normal(size=(2, size))
    call(f"{size} weights", w, grad, rng.uniform(0.01, 0.5))
    call("integer weights", draw_integers(rng, size), grad, rng.uniform(0.01, 0.5))
