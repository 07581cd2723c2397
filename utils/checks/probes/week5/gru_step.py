"""On which inputs `gru_step` is tried."""

from ..recorder import probe
from ._cells import draw_gated, draw_gated_cases


@probe
def gru_step(call, rng):
    for case, batch, num_inputs, units, scale in draw_gated_cases(rng):
        x, h, _, W, U = draw_gated(rng, batch, num_inputs, units, scale, gates=3)
        call(case, x, h, W, U, rng.normal(size=(2, 3 * units)))
