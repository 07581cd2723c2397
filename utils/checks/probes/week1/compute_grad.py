"""On which inputs `compute_grad` is tried."""

import numpy as np

from ..recorder import probe
from ._data import draw_problem


@probe
def compute_grad(call, rng):
    X, y, _, w = draw_problem(rng)
    call("twelve rows", X, y, w)
    call("one row", X[:1], y[:1], w)
    call("integer weights", X, y, np.array([0, 1, -2, 1]))
    extreme = np.array([[1000.0], [1000.0], [-1000.0], [-1000.0]])
    call("logits of +1000 and −1000", extreme, np.array([1, 0, 0, 0]), np.ones(1))
