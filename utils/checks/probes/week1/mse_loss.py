"""On which inputs `mse_loss` is tried."""

from ..recorder import probe
from ._problem import draw_problem, try_integer_targets, try_problem


@probe
def mse_loss(call, rng):
    X, _, targets, w = draw_problem(rng)
    try_problem(call, rng, X, targets, w)
    try_integer_targets(call, X, targets, w)
