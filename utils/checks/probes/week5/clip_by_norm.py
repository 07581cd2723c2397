"""On which inputs `clip_by_norm` is tried."""

import numpy as np

from ..recorder import probe


@probe
def clip_by_norm(call, rng):
    inputs, units = (int(number) for number in rng.permutation([3, 4, 5, 6])[:2])
    shapes = (units,), (inputs, units), (units, units)
    sizes = 0.5, 1.5, 0.5  # so that neither the first nor the last is the largest
    gradients = [size * rng.uniform(-1, 1, size=shape) for size, shape in zip(sizes, shapes)]
    call("three arrays whose norm is too large", gradients, rng.uniform(1.1, 1.4))
    call("three arrays whose norm is small enough", gradients, rng.uniform(12, 15))
    uneven = [0.01 * gradients[0], 50 * gradients[2]]
    call("a small array and a large one", uneven, rng.uniform(0.5, 2))
    one = rng.choice([-1, 1], size=5) * rng.uniform(0.5, 1.5, size=5)
    call("one array", [one], rng.uniform(0.2, 0.5))
    numbers = -rng.uniform(1, 2, size=(2, 3)), rng.uniform(-0.1, 0.1, size=4)
    call("numbers of which the large ones are negative", [*numbers], rng.uniform(0.5, 1))
    call("zeros", [np.zeros((2, 2)), np.zeros(3)], 1.0)
