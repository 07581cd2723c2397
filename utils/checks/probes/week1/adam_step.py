"""On which inputs `adam_step` is tried."""

import numpy as np

from ..recorder import probe


@probe
def adam_step(call, rng):
    w, m, grad = rng.normal(size=(3, 6))
    v = rng.uniform(0.1, 2, size=6)
    eta, eps = rng.uniform(0.01, 0.3), rng.uniform(0.01, 0.1)
    zero, none = np.zeros(6), np.zeros(6, int)
    call("the first step, from m = v = 0", w, zero, zero, grad, 1, eta, 0.9, 0.95, eps)
    call("step 4", w, m, v, grad, 4, eta, 0.8, 0.95, eps)
    call("a gradient of zero", w, zero, zero, zero, 1, eta, 0.9, 0.999, eps)
    integers = np.array([0, 0, 0, 0, 0, 1])
    call("integer weights", integers, none, none, grad, 2, eta, 0.9, 0.95, eps)
