"""On which inputs `rnn_backward` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._cells import draw_cell


def _inputs_to(h, Wx, Wh, b):
    """Return the inputs that lead a cell to given states; Wx must have more rows than columns."""
    return (np.arctanh(h[:, 1:]) - h[:, :-1] @ Wh - b) @ np.linalg.pinv(Wx)


@probe
def rnn_backward(call, rng):
    size = sizes_from(rng)

    def try_on(case, batch, time, units, places=slice(None)):
        num_inputs = units + size(1, 2)
        Wx, Wh, b = draw_cell(rng, num_inputs, units, scale=0.6)
        h = rng.uniform(-0.9, 0.9, size=(batch, time + 1, units))
        grad_h = np.zeros_like(h)
        grad_h[:, places] = rng.normal(size=grad_h[:, places].shape)
        call(case, grad_h, _inputs_to(h, Wx, Wh, b), h, Wx, Wh)

    try_on("a loss on every state", size(2, 4), size(4, 6), size(2, 4))
    try_on("a loss on the last state alone", size(2, 4), size(3, 5), size(2, 4), -1)
    middle = size(2, 3)
    try_on("a loss on a state in the middle", size(2, 4), middle + 2, size(2, 4), middle)
    try_on("a loss on the first state alone", size(2, 4), size(2, 4), size(2, 4), 0)
    try_on("one sequence of one step", 1, 1, size(2, 3))
