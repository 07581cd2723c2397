"""On which inputs `one_hot` is tried."""

import numpy as np

from ..recorder import probe


@probe
def one_hot(call, rng):
    call("seven labels of four classes", rng.integers(0, 4, size=7), 4)
    call("labels without the highest class", np.array([1, 0, 0, 2]), 5)
    call("one label", rng.integers(0, 3, size=1), 3)
    call("no labels", np.zeros(0, int), 3)
