"""On which inputs `train_epoch` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._network_by_hand import END, START, draw_rows, draw_weights

RATE = 0.7  # of the steps that `update` takes
OTHERS = 4  # generators beside the first, to see whether chance decides the order


@probe
def train_epoch(call, rng):
    size = sizes_from(rng)

    def try_on(case, rows, batch_size, window, score=0.3):
        weights = draw_weights(rng, rows.max() + 1, size(2, 3), score)
        update, heard = _new_update()
        generator = np.random.default_rng(int(rng.integers(2**63)))

        def look(result):
            return {"the new weights": result, "updates": len(heard)}

        call(case, weights, rows, batch_size, window, update, generator, then=look)

    half = size(2, 3)
    equal = np.repeat(draw_rows(rng, [size(4, 5)], size(7, 9)), 2 * half + 1, axis=0)
    try_on(f"{len(equal)} equal names, {half} at a time", equal, half, equal.shape[1] + 3)
    try_on("all names at once, however many", draw_rows(rng, [3, 3, 3], 7), 9, 4)
    row = draw_rows(rng, [6 + 2 * size(0, 1)], size(7, 9))  # an odd number of inputs
    try_on("one name in windows of two", row, 1, 2)
    lengths = [2, 7, size(3, 6)]
    try_on("names of several lengths, in windows of three", draw_rows(rng, lengths, 8), 3, 3)
    try_on("equal names in windows of one", equal, half, 1)
    try_on("gradients that are too long", equal, half, 2, score=10.0)
    _try_orders(call, rng, size(1, 2))


def _try_orders(call, rng, length):
    """Try names that share no letter: the gradient tells which of them a batch holds."""
    count = 7
    letters = END + 1 + rng.permutation(count * length).reshape(count, length)
    rows = np.column_stack([np.full(count, START), letters, np.full(count, END)])
    weights = draw_weights(rng, rows.max() + 1, 3, 0.3)
    seeds = [int(seed) for seed in rng.integers(2**63, size=1 + OTHERS)]
    for number, seed in enumerate([seeds[0], seeds[0], seeds[0], *seeds[1:]]):
        update, heard = _new_update()
        role = ["first", "again", "again", *["other"] * (OTHERS - 1), "last"][number]
        case = f"{count} names that share no letter, three at a time"
        facts = {"role": role, "letters": letters}
        generator = np.random.default_rng(seed)

        def look(_, heard=heard):
            return {"read in each update": list(heard)}

        call(case, weights, rows, 3, length + 1, update, generator, then=look, facts=facts)


def _new_update():
    """Return a step of plain descent, and the list of tokens that each of its gradients saw."""
    heard = []

    def update(weights, gradients):
        gradients = [np.asarray(gradient, float) for gradient in gradients]
        if any(gradient.any() for gradient in gradients):  # a window of padding may be left out
            heard.append(np.flatnonzero(gradients[0].any(axis=1)).tolist())
        return [array - RATE * gradient for array, gradient in zip(weights, gradients)]

    return update, heard
