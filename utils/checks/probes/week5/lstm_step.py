"""On which inputs `lstm_step` is tried."""

from ..recorder import probe
from ._cells import GATED_CASES, try_gated


@probe
def lstm_step(call, rng):
    for case, batch, num_inputs, units, scale in GATED_CASES:
        weights = try_gated(rng, batch, num_inputs, units, 4, scale)
        call(case, *weights, rng.normal(size=4 * units))
