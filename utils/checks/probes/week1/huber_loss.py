"""On which inputs `huber_loss` is tried."""

import numpy as np

from ..recorder import probe


@probe
def huber_loss(call, rng):
    residuals = np.concatenate([rng.uniform(-1, 1, 4), rng.uniform(2, 9, 3), -rng.uniform(2, 9, 3)])
    delta = rng.uniform(1.1, 1.9)
    call("only small residuals", residuals[:4], delta)
    call("small and large residuals", residuals, delta)
    call("a residual of exactly δ", np.array([1.5, -1.5]), 1.5)
    call("integer residuals", rng.integers(-9, 9, size=7), 2.0)
