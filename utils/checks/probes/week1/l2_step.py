"""On which inputs `l2_step` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_gradient, draw_integers, draw_size


@probe
def l2_step(call, rng):
    size = draw_size(rng)
    w, grad = 2 * draw_gradient(rng, size), draw_gradient(rng, size)
    eta, l2 = rng.uniform(0.05, 0.4), rng.uniform(0.6, 1.7)
    call(f"{size} weights", w, grad, eta, l2)
    call("a gradient of zero", w, np.zeros(size), eta, l2)
    call("no penalty", w, grad, eta, 0.0)
    call("weights of zero", np.zeros(size), grad, eta, l2)
    call("integers", draw_integers(rng, size), draw_integers(rng, size), eta, l2)
