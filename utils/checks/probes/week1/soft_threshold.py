"""On which inputs `soft_threshold` is tried."""

import numpy as np

from ..recorder import probe


@probe
def soft_threshold(call, rng):
    threshold, more = rng.uniform(0.3, 0.7), rng.uniform(1.2, 1.8)
    call("weights on both sides of the threshold", _draw_weights(rng, threshold), threshold)
    call("weights on both sides of a larger threshold", _draw_weights(rng, more), more)
    call("a threshold of zero", np.append(_draw_weights(rng, threshold), 0.0), 0.0)
    integers = np.concatenate([[1, -1, 0, 5, -5], rng.integers(-5, 6, size=3)])
    call("integer weights", rng.permutation(integers), int(rng.integers(1, 4)) + 0.5)


def _draw_weights(rng, threshold):
    """Return weights of both signs: within ½ and within 1, 2 and 4 times the threshold."""
    ends = np.array([(0.1, 0.45), (0.6, 0.9), (1.2, 1.9), (2.2, 4)])
    sizes = rng.uniform(*np.tile(ends, (2, 1)).T)
    return threshold * rng.permutation(sizes * np.repeat([1, -1], len(ends)))
