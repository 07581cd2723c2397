"""On which inputs `rmsprop_step` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_integers, draw_size


@probe
def rmsprop_step(call, rng):
    size = draw_size(rng)
    w, grad = rng.normal(size=(2, size))
    eta, alpha, eps = rng.uniform(0.01, 0.3), rng.uniform(0.6, 0.95), rng.uniform(0.01, 0.1)
    call("the first step, from G = 0", w, np.zeros(size), grad, eta, alpha, eps)
    call("a later step", w, rng.uniform(0.1, 2, size=size), grad, eta, alpha, eps)
    small = np.append(np.zeros(size - 1), 0.01)
    call("a gradient of zeros and 0.01", w, np.zeros(size), small, eta, alpha, eps)
    integers = draw_integers(rng, size)
    call("integers", integers, np.zeros(size, int), draw_integers(rng, size), eta, alpha, eps)
