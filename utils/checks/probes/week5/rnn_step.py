"""On which inputs `rnn_step` is tried."""

from ..recorder import probe
from ._cells import draw_cell


@probe
def rnn_step(call, rng):
    for case, batch, num_inputs, units in (
        ("a batch of five", 5, 3, 4),
        ("one row", 1, 4, 4),
        ("one input and one unit", 3, 1, 1),
    ):
        x, h = rng.normal(size=(batch, num_inputs)), rng.uniform(-1, 1, size=(batch, units))
        call(case, x, h, *draw_cell(rng, num_inputs, units))
    x, h = 500 * rng.normal(size=(3, 2)), rng.uniform(-1, 1, size=(3, 4))
    call("very large inputs", x, h, *draw_cell(rng, 2, 4))
