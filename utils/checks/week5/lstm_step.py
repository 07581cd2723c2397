"""Check of `lstm_step`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step

lstm_step = new_check(__name__, points=2)


@lstm_step.witness("Keras")
def keras_lstm_cell(x, h, c, W, U, b):
    return keras_step(layers.LSTMCell(len(U), dtype="float64"), [W, U, b], x, h, c)


def _lstm(x, h, c, W, U, b, order="ifgo", cell=None):
    """Return state and memory, with the gates in an order, or with other equations."""
    parts = dict(zip(order, np.split(x @ W + h @ U + b, 4, axis=1)))
    i, f, o = (sigmoid(parts[name]) for name in "ifo")
    if cell:
        return cell(i, f, np.tanh(parts["g"]), o)
    new = f * c + i * np.tanh(parts["g"])
    return o * np.tanh(new), new


ORDER = "The gates are in another order: input gate, forget gate, candidate, output gate."


@lstm_step.mistake(ORDER)
def output_before_candidate(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "ifog")


@lstm_step.mistake(ORDER)
def candidate_before_forget(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "igfo")


@lstm_step.mistake(ORDER)
def forget_first(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "figo")


@lstm_step.mistake(ORDER)
def forget_first_candidate_last(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, "fiog")


@lstm_step.mistake("The state before isn't used: h U belongs to every gate.")
def lstm_without_state(x, h, c, W, U, b):
    return _lstm(x, h * 0, c, W, U, b)


@lstm_step.mistake("The memory isn't carried: the forget gate times the old memory is missing.")
def lstm_without_memory(x, h, c, W, U, b):
    return _lstm(x, h, c * 0, W, U, b)


@lstm_step.mistake("The new state is o·tanh(memory); the tanh is missing.")
def lstm_without_tanh(x, h, c, W, U, b):
    def cell(i, f, g, o):
        new = f * c + i * g
        return o * new, new

    return _lstm(x, h, c, W, U, b, cell=cell)


@lstm_step.mistake("The new state is made from the new memory; you took the old one.")
def lstm_old_memory(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, cell=lambda i, f, g, o: (o * np.tanh(c), f * c + i * g))


@lstm_step.mistake("The candidate has a tanh, not a sigmoid: it must be able to be negative.")
def lstm_sigmoid_candidate(x, h, c, W, U, b):
    g = sigmoid(np.split(x @ W + h @ U + b, 4, axis=1)[2])

    def cell(i, f, _, o):
        new = f * c + i * g
        return o * np.tanh(new), new

    return _lstm(x, h, c, W, U, b, cell=cell)


@lstm_step.mistake("The forget gate is a gate of its own; yours is 1 − input gate.")
def lstm_coupled(x, h, c, W, U, b):
    def cell(i, f, g, o):
        new = (1 - i) * c + i * g
        return o * np.tanh(new), new

    return _lstm(x, h, c, W, U, b, cell=cell)


@lstm_step.mistake("Return the state first, then the memory.")
def lstm_swapped(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b)[::-1]


@lstm_step.mistake("Return both, state and memory; only the state came.")
def lstm_state_alone(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b)[0]


@lstm_step.mistake(
    "You added 1 to the forget gate. Keras sets its bias to 1 at the start, so b holds it already."
)
def lstm_forget_plus_one(x, h, c, W, U, b):
    units = len(U)
    return _lstm(x, h, c, W, U, b + np.repeat([0, 1, 0, 0], units))


@lstm_step.mistake("The bias is missing.")
def lstm_without_bias(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b * 0)


@lstm_step.alternative
def lstm_by_slices(x, h, c, W, U, b):
    units = h.shape[1]
    a = np.concatenate([x, h], axis=1) @ np.concatenate([W, U]) + b
    gates = 0.5 * (1 + np.tanh(a / 2))  # a sigmoid
    candidate = np.tanh(a[:, 2 * units : 3 * units])
    memory = gates[:, units : 2 * units] * c + gates[:, :units] * candidate
    return gates[:, 3 * units :] * np.tanh(memory), memory


@lstm_step.alternative
def lstm_gate_by_gate(x, h, c, W, U, b):
    def part(number):
        columns = slice(number * len(U), (number + 1) * len(U))
        return x @ W[:, columns] + h @ U[:, columns] + b[columns]

    with np.errstate(over="ignore"):
        i, f, o = (1 / (1 + np.exp(-part(number))) for number in (0, 1, 3))
    c = f * c + i * np.tanh(part(2))
    return [o * np.tanh(c), c]
