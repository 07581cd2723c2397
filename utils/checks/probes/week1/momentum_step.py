"""On which inputs `momentum_step` is tried."""

import numpy as np

from ..recorder import probe


@probe
def momentum_step(call, rng):
    w, nu, grad = rng.normal(size=(3, 6))
    eta, alpha = rng.uniform(0.01, 0.3), rng.uniform(0.6, 0.95)
    call("the first step, from ν = 0", w, np.zeros(6), grad, eta, alpha)
    call("a later step", w, nu, grad, eta, alpha)
    call("integer weights", np.array([0, 0, 0, 0, 0, 1]), np.zeros(6, int), grad, eta, alpha)
