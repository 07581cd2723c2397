"""On which inputs `lstm_step` is tried."""

from ..recorder import probe
from ._cells import GATED_CASES, draw_gated


@probe
def lstm_step(call, rng):
    for case, batch, num_inputs, units, scale in GATED_CASES:
        drawn = draw_gated(rng, batch, num_inputs, units, scale, gates=4)
        call(case, *drawn, rng.normal(size=4 * units))
