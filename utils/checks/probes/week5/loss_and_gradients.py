"""On which inputs `loss_and_gradients` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._network_by_hand import PAD, draw_rows, draw_weights


@probe
def loss_and_gradients(call, rng):
    size = sizes_from(rng)

    def try_on(case, lengths, change=lambda weights, rows: (weights, rows), h0=None):
        num_tokens, units = size(6, 8), size(2, 4)
        weights = draw_weights(rng, num_tokens, units)
        rows = draw_rows(rng, lengths, num_tokens)
        state = rng.uniform(-0.9, 0.9, size=(len(rows), units)) if h0 is None else h0
        state = np.broadcast_to(state, (len(rows), units)).copy()
        call(case, *change(weights, rows), state)

    whole = size(3, 4)
    try_on(f"names of {whole} letters each", [whole] * size(2, 3), h0=0.0)
    try_on("a state at the start that isn't zero", [whole] * size(2, 3))
    try_on("names of several lengths, with padding", [5, 2, size(3, 4), 1])
    try_on("a window of one input", [2, 3], lambda weights, rows: (weights, rows[:, 1:3]))
    try_on("one name", [size(2, 4)])
    try_on("a window that is over for one of two names", [1, 5], _right_part)
    try_on("a window of nothing but padding", [2, 2], _padding_alone)
    try_on("scores that differ by hundreds", [3, size(1, 2)], lambda *both: _apart(rng, *both))


def _right_part(weights, rows):
    return weights, rows[:, 3:]


def _padding_alone(weights, rows):
    return weights, np.full_like(rows, PAD)


def _apart(rng, weights, rows):
    *others, c = weights
    return [*others, 300.0 * rng.permutation(len(c)) - 600], rows
