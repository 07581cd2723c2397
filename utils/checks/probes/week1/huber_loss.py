"""On which inputs `huber_loss` is tried."""

import numpy as np

from ..recorder import probe


@probe
def huber_loss(call, rng):
    delta, other = rng.uniform(1.1, 1.9), rng.uniform(1.1, 1.9)
    small = rng.uniform(-1, 1, rng.integers(3, 7))
    large = [sign * rng.uniform(2, 9, rng.integers(2, 5)) for sign in (1, -1)]
    call("only small residuals", small, delta)
    call("small and large residuals", rng.permutation(np.concatenate([small, *large])), delta)
    call("residuals of exactly δ", np.array([1, -1]) * other, other)
    integers = rng.integers(-9, 10, size=rng.integers(6, 11))
    call("integer residuals", integers, float(rng.integers(2, 5)))
