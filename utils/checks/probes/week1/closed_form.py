"""On which inputs `closed_form` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_problem


@probe
def closed_form(call, rng):
    X, _, targets, _ = draw_problem(rng)
    few = int(rng.integers(2, X.shape[1] + 1))
    X = np.column_stack([X, np.ones(len(X))])
    call(f"{len(X)} rows, no penalty", X, targets, 0.0)
    call(f"{len(X)} rows, with a penalty", X, targets, rng.uniform(0.3, 3))
    call("fewer rows than weights, with a penalty", X[:few], targets[:few], rng.uniform(0.3, 3))
