"""On which inputs `lstm_step` is tried."""

from ..recorder import probe
from ._cells import draw_gated, draw_gated_cases


@probe
def lstm_step(call, rng):
    for case, batch, num_inputs, units, scale in draw_gated_cases(rng):
        drawn = draw_gated(rng, batch, num_inputs, units, scale, gates=4)
        call(case, *drawn, rng.normal(size=4 * units))
