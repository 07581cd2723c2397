"""On which inputs `mse_loss` is tried."""

import numpy as np

from ..recorder import probe
from ._data import draw_problem


@probe
def mse_loss(call, rng):
    X, _, targets, w = draw_problem(rng)
    call("twelve rows", X, targets, w)
    call("one row", X[:1], targets[:1], w)
    call("integer weights", X, targets, np.array([0, 1, -2, 1]))
