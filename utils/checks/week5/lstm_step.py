"""Check of `lstm_step`: the order of the gates, the memory, the order of the result."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step
from ._wrong_lstms import ROWS

lstm_step = new_check(__name__, points=2)


@lstm_step.witness("Keras")
def keras_lstm_cell(x, h, c, W, U, b):
    return keras_step(layers.LSTMCell(len(U), dtype="float64"), [W, U, b], x, h, c)


def _lstm(
    x, h, c, W, U, b, order="ifgo", given=lambda h, c, b: (h, c, b), squash=np.tanh, gate=sigmoid,
    forget=lambda i, f: f, write=lambda i, f: i, state=lambda o, old, new: o * np.tanh(new),
    result=lambda state, memory: (state, memory), split=np.split, use=lambda xW: xW,
):  # fmt: skip
    """Return state and memory, with changes."""
    h, c, b = given(h, c, b)
    parts = dict(zip(order, split(use(x @ W) + h @ U + b, 4, axis=1)))
    i, f, o = (gate(parts[name]) for name in "ifo")
    memory = forget(i, f) * c + write(i, f) * squash(parts["g"])
    return result(state(o, c, memory), memory)


lstm_step.add_mistakes(_lstm, ROWS)


@lstm_step.mistake("Return the new memory, too; you returned the old one.")
def old_memory(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b)[0], c


@lstm_step.mistake(
    "The old memory is scaled by the forget gate; you put the old state in its place: f·h + i·g."
)
def state_for_memory(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, given=lambda h, c, b: (h, h, b))


@lstm_step.mistake(
    "The gates read the old state, h U; you multiplied the memory by U in its place."
)
def memory_for_state(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, given=lambda h, c, b: (c, c, b))


@lstm_step.mistake(
    "The candidate has a tanh alone; in yours a sigmoid was taken of all four parts, then a tanh."
)
def sigmoid_of_all_first(x, h, c, W, U, b):
    return _lstm(x, h, c, W, U, b, squash=lambda a: np.tanh(sigmoid(a)))


@lstm_step.alternative
def by_slices(x, h, c, W, U, b):
    units = h.shape[1]
    a = np.concatenate([x, h], axis=1) @ np.concatenate([W, U]) + b
    gates = 0.5 * (1 + np.tanh(a / 2))  # a sigmoid
    candidate = np.tanh(a[:, 2 * units : 3 * units])
    memory = gates[:, units : 2 * units] * c + gates[:, :units] * candidate
    return gates[:, 3 * units :] * np.tanh(memory), memory


@lstm_step.alternative
def gate_by_gate(x, h, c, W, U, b):
    def part(number):
        columns = slice(number * len(U), (number + 1) * len(U))
        return x @ W[:, columns] + h @ U[:, columns] + b[columns]

    with np.errstate(over="ignore"):
        i, f, o = (1 / (1 + np.exp(-part(number))) for number in (0, 1, 3))
    c = f * c + i * np.tanh(part(2))
    return [o * np.tanh(c), c]
