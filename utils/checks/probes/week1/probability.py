"""On which inputs `probability` is tried."""

import numpy as np

from ..recorder import probe
from ._problem import draw_extreme, draw_integers, draw_problem


@probe
def probability(call, rng):
    X, _, _, w = draw_problem(rng)
    call(f"{len(X)} rows", X, w)
    call("one row", X[:1], w)
    call("no rows", X[:0], w)
    call("integer weights", X, draw_integers(rng, len(w)))
    call("logits of +1000 and −1000", draw_extreme(rng)[0], np.ones(1), facts={"extreme": True})
