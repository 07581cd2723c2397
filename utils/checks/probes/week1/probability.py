"""On which inputs `probability` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import INTEGER_WEIGHTS, draw_problem


@probe
def probability(call, rng):
    X, _, _, w = draw_problem(rng)
    call("twelve rows", X, w)
    call("one row", X[:1], w)
    call("no rows", X[:0], w)
    call("integer weights", X, INTEGER_WEIGHTS)
    call("logits of +1000 and −1000", np.array([[1000.0], [-1000.0]]), np.ones(1))
