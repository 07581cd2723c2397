"""Check of `gru_step`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step

gru_step = new_check(__name__, points=2)


@gru_step.witness("Keras")
def keras_gru_cell(x, h, W, U, b):
    return keras_step(layers.GRUCell(len(U), dtype="float64"), [W, U, b], x, h)[0]


def _gru(x, h, W, U, b, order="zrg", cell=None):
    """Return the state, with the parts in an order, or with other equations."""
    from_x = dict(zip(order, np.split(x @ W + b[0], 3, axis=1)))
    from_h = dict(zip(order, np.split(h @ U + b[1], 3, axis=1)))
    z, r = (sigmoid(from_x[name] + from_h[name]) for name in "zr")
    if cell:
        return cell(z, r, from_x["g"], from_h["g"])
    return z * h + (1 - z) * np.tanh(from_x["g"] + r * from_h["g"])


GRU_ORDER = "The parts are in another order: update gate z, reset gate r, candidate."


@gru_step.mistake(GRU_ORDER)
def reset_first(x, h, W, U, b):
    return _gru(x, h, W, U, b, "rzg")


@gru_step.mistake(GRU_ORDER)
def candidate_first(x, h, W, U, b):
    return _gru(x, h, W, U, b, "gzr")


@gru_step.mistake(
    "z and 1 − z are swapped: z says how much of the old state stays. (Cho et al. and Keras write "
    "it so; others, the other way round.)"
)
def gates_swapped(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return (1 - z) * h + z * np.tanh(from_x + r * from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake(
    "You reset the state before its product with U; here the reset acts after it, on the product "
    "and its bias."
)
def reset_before(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        units = len(U)
        product = (r * h) @ U[:, 2 * units :] + b[1, 2 * units :]
        return z * h + (1 - z) * np.tanh(from_x + product)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake(
    "The reset acts on the candidate's second bias, too: r · (h U + b[1]), not r · (h U) + b[1]."
)
def bias_not_reset(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        bias = b[1, 2 * len(U) :]
        return z * h + (1 - z) * np.tanh(from_x + r * (from_h - bias) + bias)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("The reset gate isn't used.")
def without_reset(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return z * h + (1 - z) * np.tanh(from_x + from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("The state isn't carried: z times the old state is missing.")
def without_old_state(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return (1 - z) * np.tanh(from_x + r * from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("The candidate has a tanh, not a sigmoid: it must be able to be negative.")
def gru_sigmoid_candidate(x, h, W, U, b):
    def cell(z, r, from_x, from_h):
        return z * h + (1 - z) * sigmoid(from_x + r * from_h)

    return _gru(x, h, W, U, b, cell=cell)


@gru_step.mistake("b has two rows: b[0] belongs to x W, b[1] to h U; you used b[0] alone.")
def first_bias_alone(x, h, W, U, b):
    return _gru(x, h, W, U, b * [[1], [0]])


@gru_step.alternative
def gru_by_slices(x, h, W, U, b):
    units = h.shape[-1]
    gates = x @ W[:, : 2 * units] + h @ U[:, : 2 * units] + (b[0] + b[1])[: 2 * units]
    gates = 0.5 * (1 + np.tanh(gates / 2))  # a sigmoid
    z, r = gates[:, :units], gates[:, units:]
    inner = h @ U[:, 2 * units :] + b[1, 2 * units :]
    candidate = np.tanh(x @ W[:, 2 * units :] + b[0, 2 * units :] + r * inner)
    return candidate + z * (h - candidate)


@gru_step.alternative
def gru_gate_by_gate(x, h, W, U, b):
    Wz, Wr, Wg = np.hsplit(W, 3)
    Uz, Ur, Ug = np.hsplit(U, 3)
    (bz, br, bg), (cz, cr, cg) = (np.split(row, 3) for row in b)
    with np.errstate(over="ignore"):
        z = 1 / (1 + np.exp(-(x @ Wz + bz + h @ Uz + cz)))
        r = 1 / (1 + np.exp(-(x @ Wr + br + h @ Ur + cr)))
    return (1 - z) * np.tanh(x @ Wg + bg + r * (h @ Ug + cg)) + z * h
