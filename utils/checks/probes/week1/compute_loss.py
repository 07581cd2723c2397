"""On which inputs `compute_loss` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_problem, try_problem


@probe
def compute_loss(call, rng):
    X, y, _, w = draw_problem(rng)
    try_problem(call, X, y, w)
    extreme = np.array([[1000.0], [1000.0], [-1000.0], [-1000.0]])
    call("logits of +1000 and −1000", extreme, np.array([1, 0, 1, 0]), np.ones(1))
