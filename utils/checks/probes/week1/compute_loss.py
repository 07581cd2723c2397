"""On which inputs `compute_loss` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_problem, try_problem


@probe
def compute_loss(call, rng):
    X, y, _, w = draw_problem(rng)
    try_problem(call, rng, X, y, w)
    for kind, labels in (("wrong", [0, 1]), ("right", [1, 0])):
        rows, repeats = np.array([[1000.0], [-1000.0]]), int(rng.integers(1, 4))
        case = f"logits of +1000 and −1000, sure and {kind}"
        call(case, np.repeat(rows, repeats, axis=0), np.repeat(labels, repeats), np.ones(1))
