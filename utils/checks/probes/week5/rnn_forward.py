"""On which inputs `rnn_forward` is tried."""

from ..recorder import probe
from ..sizes import sizes_from
from ._cells import draw_cell, draw_sequence


@probe
def rnn_forward(call, rng):
    size = sizes_from(rng)
    batch, time, same = size(2, 4), size(5, 7), size(3, 5)
    for case, *sizes in (
        (f"{batch} sequences of {time} steps", batch, time),
        ("as many sequences as steps", same, same),
        ("one sequence", 1, size(4, 6)),
        ("one step", size(2, 4), 1),
    ):
        num_inputs, units = size(2, 3), size(4, 5)
        drawn = draw_sequence(rng, *sizes, num_inputs, units)
        call(case, *drawn, *draw_cell(rng, num_inputs, units))
