"""On which inputs `sgd_step` is tried."""

import numpy as np

from ..recorder import probe


@probe
def sgd_step(call, rng):
    w, grad = rng.normal(size=(2, 6))
    call("six weights", w, grad, rng.uniform(0.01, 0.5))
    call("integer weights", np.array([0, 0, 0, 0, 0, 1]), grad, rng.uniform(0.01, 0.5))
