"""On which inputs `rnn_backward` is tried."""

import numpy as np

from ..recorder import probe
from ._cells import all_states, draw_cell, draw_sequence


@probe
def rnn_backward(call, rng):
    def try_on(case, batch, time, num_inputs, units, places=slice(None)):
        Wx, Wh, b = draw_cell(rng, num_inputs, units, scale=0.6)
        inputs, h0 = draw_sequence(rng, batch, time, num_inputs, units)
        h = all_states(inputs, h0, Wx, Wh, b)
        grad_h = np.zeros_like(h)
        grad_h[:, places] = rng.normal(size=grad_h[:, places].shape)
        call(case, grad_h, inputs, h, Wx, Wh)

    try_on("a loss on every state", 3, 5, 2, 4)
    try_on("a loss on the last state alone", 4, 4, 3, 3, -1)
    try_on("a loss on a state in the middle", 2, 5, 3, 4, 2)
    try_on("a loss on the first state alone", 2, 3, 2, 4, 0)
    try_on("one sequence of one step", 1, 1, 3, 2)
