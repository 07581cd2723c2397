"""On which inputs `compute_grad` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_extreme, draw_problem, try_problem


@probe
def compute_grad(call, rng):
    X, y, _, w = draw_problem(rng)
    try_problem(call, rng, X, y, w)
    call("logits of +1000 and −1000", *draw_extreme(rng), np.ones(1))
