"""On which inputs `closed_form` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_problem


@probe
def closed_form(call, rng):
    X, _, targets, _ = draw_problem(rng)
    X[:, -1] = 1  # a bias column, which is penalised like the others
    l2, other, integers = rng.uniform(1.2, 3), rng.uniform(0.2, 0.8), np.rint(targets).astype(int)
    call(f"{len(X)} rows, no penalty", X, targets, 0.0)
    call(f"{len(X)} rows, with a penalty", X, targets, l2)
    call(f"{len(X)} rows, with a smaller penalty", X, targets, other)
    call("integer targets", X, integers, l2)
