"""On which inputs `adam_step` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_integers, draw_size


@probe
def adam_step(call, rng):
    size = draw_size(rng)
    w, m, grad = rng.normal(size=(3, size))
    v = rng.uniform(0.1, 2, size=size)
    eta, eps = rng.uniform(0.01, 0.3), rng.uniform(0.01, 0.1)
    betas = rng.uniform(0.7, 0.9), rng.uniform(0.93, 0.99)
    step = int(rng.integers(3, 9))
    zero, none = np.zeros(size), np.zeros(size, int)
    call("the first step, from m = v = 0", w, zero, zero, grad, 1, eta, *betas, eps)
    call(f"step {step}", w, m, v, grad, step, eta, *betas, eps)
    call("a gradient of zero", w, zero, zero, zero, 1, eta, *betas, eps)
    integers = draw_integers(rng, size)
    grad = draw_integers(rng, size)
    call("integers", integers, none, none, grad, 2, eta, *betas, eps)
