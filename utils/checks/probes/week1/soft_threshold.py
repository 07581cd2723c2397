"""On which inputs `soft_threshold` is tried."""

import numpy as np

from ..recorder import probe


@probe
def soft_threshold(call, rng):
    w = np.concatenate([rng.uniform(0.6, 2, 3), -rng.uniform(0.6, 2, 3), rng.uniform(-0.4, 0.4, 3)])
    call("weights on both sides of the threshold", rng.permutation(w), 0.5)
    call("a threshold of zero", np.append(w, 0.0), 0.0)
    call("integer weights", np.array([-3, -1, 0, 1, 3]), 1.5)
