"""On which inputs `sgd_step` is tried."""

from ..recorder import probe
from ._problem import draw_gradient, draw_integers, draw_size


@probe
def sgd_step(call, rng):
    size = draw_size(rng)
    w, grad = rng.normal(size=size), draw_gradient(rng, size)
    call(f"{size} weights", w, grad, rng.uniform(0.05, 0.4))
    call("a large gradient", w, 1000 * grad, rng.uniform(0.05, 0.4))
    call("integer weights", draw_integers(rng, size), grad, rng.uniform(0.05, 0.4))
    integers = draw_integers(rng, size)
    call("an integer gradient", w, integers, rng.uniform(0.05, 0.4))
