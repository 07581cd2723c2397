"""Check of `gru_step`: the order of the gates, where the reset acts, what the update keeps."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step

gru_step = new_check(__name__, points=2)


@gru_step.witness("Keras")
def keras_gru_cell(x, h, W, U, b):
    return keras_step(layers.GRUCell(len(U), dtype="float64"), [W, U, b], x, h)[0]


def _gru(
    x, h, W, U, b, order="zrg", reset=lambda r, h, U, b: r * (h @ U + b), squash=np.tanh,
    mix=lambda z, old, new: z * old + (1 - z) * new, biases=lambda b: b,
):  # fmt: skip
    """Return the new state, with changes; `reset` gets the candidate's part of U and of b[1]."""
    first, second = biases(b)
    xW = dict(zip(order, np.split(x @ W + first, 3, axis=1)))
    Us, bs = dict(zip(order, np.split(U, 3, axis=1))), dict(zip(order, np.split(second, 3)))
    z, r = (sigmoid(xW[gate] + h @ Us[gate] + bs[gate]) for gate in "zr")
    return mix(z, h, squash(xW["g"] + reset(r, h, Us["g"], bs["g"])))


ORDER = "The order of the columns is update gate z, reset gate r, candidate."

gru_step.add_mistakes(
    _gru,
    [
        (ORDER, {"order": "rzg"}),
        (ORDER, {"order": "gzr"}),
        (
            "z and 1 − z are swapped: z says how much of the old state stays. (Cho et al. and "
            "Keras write it so; others, the other way round.)",
            {"mix": lambda z, old, new: (1 - z) * old + z * new},
        ),
        (
            "You reset the state before its product with U; here the reset acts after it, on the "
            "product and its bias.",
            {"reset": lambda r, h, U, b: (r * h) @ U + b},
        ),
        (
            "The reset acts on the candidate's second bias, too: r · (h U + b[1]), not "
            "r · (h U) + b[1].",
            {"reset": lambda r, h, U, b: r * (h @ U) + b},
        ),
        ("The reset gate isn't used.", {"reset": lambda r, h, U, b: h @ U + b}),
        (
            "The state isn't carried over: z times the old state is missing.",
            {"mix": lambda z, old, new: (1 - z) * new},
        ),
        ("The candidate has a tanh, not a sigmoid: it can be negative.", {"squash": sigmoid}),
        (
            "b has two rows: b[0] belongs to x W, b[1] to h U; you used only b[0].",
            {"biases": lambda b: (b[0], 0 * b[1])},
        ),
    ],
)


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
