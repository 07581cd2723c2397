"""On which inputs `clip_by_norm` is tried."""

import numpy as np

from ..recorder import probe


@probe
def clip_by_norm(call, rng):
    inputs, units = (int(number) for number in rng.permutation([3, 4, 5, 6])[:2])
    shapes = (inputs, units), (units, units), (units,)
    gradients = [rng.uniform(-1, 1, size=shape) for shape in shapes]  # a norm of 1.5 to 7.7
    call("three arrays whose norm is too large", gradients, rng.uniform(1.1, 1.4))
    call("three arrays whose norm is small enough", gradients, rng.uniform(8, 12))
    uneven = [50 * gradients[0], 0.01 * gradients[2]]
    call("one large array and a small one", uneven, rng.uniform(0.5, 2))
    call("one array", [rng.normal(size=int(rng.integers(4, 8)))], rng.uniform(0.05, 0.2))
    call("zeros", [np.zeros((2, 2)), np.zeros(3)], 1.0)
