"""On which inputs `rmsprop_step` is tried."""

import numpy as np

from ..recorder import probe


@probe
def rmsprop_step(call, rng):
    w, grad = rng.normal(size=(2, 6))
    eta, alpha, eps = rng.uniform(0.01, 0.3), rng.uniform(0.6, 0.95), rng.uniform(0.01, 0.1)
    call("the first step, from G = 0", w, np.zeros(6), grad, eta, alpha, eps)
    call("a later step", w, rng.uniform(0.1, 2, size=6), grad, eta, alpha, eps)
    call("a gradient of zero", w, np.zeros(6), np.zeros(6), eta, alpha, eps)
    integers = np.array([0, 0, 0, 0, 0, 1])
    call("integer weights", integers, np.zeros(6, int), grad, eta, alpha, eps)
