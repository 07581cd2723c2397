"""On which inputs `rnn_step` is tried."""

from ..recorder import probe
from ..sizes import sizes_from
from ._cells import draw_cell


@probe
def rnn_step(call, rng):
    size = sizes_from(rng)

    def try_on(case, batch, num_inputs, units, scale=1):
        x = scale * rng.normal(size=(batch, num_inputs))
        h = rng.uniform(-1, 1, size=(batch, units))
        call(case, x, h, *draw_cell(rng, num_inputs, units))

    batch, units = size(5, 7), size(3, 5)
    try_on(f"a batch of {batch}", batch, size(2, 3), units)
    try_on("one row", 1, units, units)
    try_on("one input and one unit", size(2, 4), 1, 1)
    try_on("very large inputs", size(2, 3), 2, size(3, 5), scale=500)
