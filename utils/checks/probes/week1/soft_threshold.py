"""On which inputs `soft_threshold` is tried."""

import numpy as np

from ..recorder import probe


@probe
def soft_threshold(call, rng):
    threshold = rng.uniform(0.3, 0.9)
    counts = rng.integers(2, 5, size=3)
    large = [sign * rng.uniform(1.2, 4, count) for sign, count in zip((1, -1), counts)]
    w = threshold * np.concatenate([*large, rng.uniform(-0.8, 0.8, counts[2])])
    call("weights on both sides of the threshold", rng.permutation(w), threshold)
    call("a threshold of zero", np.append(w, 0.0), 0.0)
    integers = rng.integers(-5, 6, size=rng.integers(5, 9))
    call("integer weights", integers, int(rng.integers(1, 4)) + 0.5)
