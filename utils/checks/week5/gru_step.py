"""Check of `gru_step`: the order of the gates, where the reset acts, what the update keeps."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step
from ._wrong_grus import ROWS

gru_step = new_check(__name__, points=2)


@gru_step.witness("Keras")
def keras_gru_cell(x, h, W, U, b):
    return keras_step(layers.GRUCell(len(U), dtype="float64"), [W, U, b], x, h)[0]


def _gru(
    x, h, W, U, b, order="zrg", reset=lambda r, h, U, b: r * (h @ U + b), squash=np.tanh,
    mix=lambda z, old, new: z * old + (1 - z) * new, biases=lambda b: b, gate=sigmoid,
    inner=lambda from_x, from_h, r: from_x + from_h, split=np.split, use=lambda xW: xW,
    of_gate=lambda from_x, from_h, gate: gate(from_x + from_h), gates=lambda z, r: (z, r),
):  # fmt: skip
    """Return the new state, with changes; `reset` gets the candidate's part of U and of b[1]."""
    first, second = biases(b)
    xW = dict(zip(order, split(use(x @ W) + first, 3, axis=1)))
    Us = dict(zip(order, split(U, 3, axis=1)))
    bs = dict(zip(order, (part[0] for part in split(second[None], 3, axis=1))))
    z, r = gates(*(of_gate(xW[name], h @ Us[name] + bs[name], gate) for name in "zr"))
    return mix(z, h, squash(inner(xW["g"], reset(r, h, Us["g"], bs["g"]), r)))


gru_step.add_mistakes(_gru, ROWS)


@gru_step.mistake(
    "The reset acts inside the candidate's tanh, on the part from the state; you multiplied the "
    "candidate by r."
)
def reset_of_the_candidate(x, h, W, U, b):
    kept = {}

    def keep(z, r):
        kept["r"] = r
        return z, r

    return _gru(
        x, h, W, U, b, gates=keep, reset=lambda r, h, U, b: h @ U + b,
        squash=lambda a: kept["r"] * np.tanh(a),
    )  # fmt: skip


@gru_step.mistake("Return the new state alone; you returned it twice.")
def as_keras_returns_it(x, h, W, U, b):
    new = _gru(x, h, W, U, b)
    return new, new


@gru_step.alternative
def by_slices(x, h, W, U, b):
    units = h.shape[-1]
    gates = x @ W[:, : 2 * units] + h @ U[:, : 2 * units] + (b[0] + b[1])[: 2 * units]
    gates = 0.5 * (1 + np.tanh(gates / 2))  # a sigmoid
    z, r = gates[:, :units], gates[:, units:]
    inner = h @ U[:, 2 * units :] + b[1, 2 * units :]
    candidate = np.tanh(x @ W[:, 2 * units :] + b[0, 2 * units :] + r * inner)
    return candidate + z * (h - candidate)


@gru_step.alternative
def gate_by_gate(x, h, W, U, b):
    Wz, Wr, Wg = np.hsplit(W, 3)
    Uz, Ur, Ug = np.hsplit(U, 3)
    (bz, br, bg), (cz, cr, cg) = (np.split(row, 3) for row in b)
    with np.errstate(over="ignore"):
        z = 1 / (1 + np.exp(-(x @ Wz + bz + h @ Uz + cz)))
        r = 1 / (1 + np.exp(-(x @ Wr + br + h @ Ur + cr)))
    return (1 - z) * np.tanh(x @ Wg + bg + r * (h @ Ug + cg)) + z * h
