"""On which inputs `rnn_forward` is tried."""

from ..recorder import probe
from ._cells import draw_cell, draw_sequence


@probe
def rnn_forward(call, rng):
    for case, *sizes in (
        ("three sequences of six steps", 3, 6, 2, 4),
        ("as many sequences as steps", 4, 4, 3, 4),
        ("one sequence", 1, 5, 3, 2),
        ("one step", 2, 1, 3, 4),
        ("no steps", 2, 0, 3, 4),
    ):
        call(case, *draw_sequence(rng, *sizes), *draw_cell(rng, *sizes[2:]))
