"""On which inputs `momentum_step` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_integers, draw_size


@probe
def momentum_step(call, rng):
    size = draw_size(rng)
    w, nu, grad = rng.normal(size=(3, size))
    eta, alpha = rng.uniform(0.01, 0.3), rng.uniform(0.6, 0.95)
    call("the first step, from ν = 0", w, np.zeros(size), grad, eta, alpha)
    call("a later step", w, nu, grad, eta, alpha)
    integers = draw_integers(rng, size)
    call("integers", integers, np.zeros(size, int), draw_integers(rng, size), eta, alpha)
