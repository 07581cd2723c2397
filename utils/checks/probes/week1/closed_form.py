"""On which inputs `closed_form` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_problem


@probe
def closed_form(call, rng):
    X, _, targets, _ = draw_problem(rng)
    X = np.column_stack([X, np.ones(len(X))])
    call("twelve rows, no penalty", X, targets, 0.0)
    call("twelve rows, with a penalty", X, targets, rng.uniform(0.3, 3))
    call("fewer rows than weights, with a penalty", X[:3], targets[:3], rng.uniform(0.3, 3))
