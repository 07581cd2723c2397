"""On which inputs `huber_loss` is tried."""

import numpy as np

from ..recorder import probe

SMALL = (0.1, 0.7), (0.88, 0.97), (1.03, 1.2), (1.33, 1.47)  # parted by ½·δ, 1 and √δ
LARGE = (1.75, 2.2), (8, 14), (8, 14)  # parted by δ²


@probe
def huber_loss(call, rng):
    delta, less = rng.uniform(1.5, 1.7), rng.uniform(0.3, 0.7)
    small, large = (
        np.concatenate([[rng.uniform(*ends), -rng.uniform(*ends)] for ends in bounds])
        for bounds in (SMALL, LARGE)
    )
    several = rng.permutation(np.concatenate([small, large, rng.uniform(-0.7, 0.7, 3)]))
    call("only small residuals", rng.permutation(small)[:-1], delta)
    call("small and large residuals", several, delta)
    call("small and large residuals, δ < 1", several, less)
    call("residuals of exactly δ", np.array([1, -1]) * delta, delta)
    integers = np.concatenate([[1, -1, 0, 9, -9, 8], rng.integers(-9, 10, size=3)])
    call("integer residuals", rng.permutation(integers), rng.uniform(2.1, 2.9))
