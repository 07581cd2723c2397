"""Check of `lstm_step`: the order of the gates, the memory, the order of the result."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step

lstm_step = new_check(__name__, points=2)


@lstm_step.witness("Keras")
def keras_lstm_cell(x, h, c, W, U, b):
    return keras_step(layers.LSTMCell(len(U), dtype="float64"), [W, U, b], x, h, c)


def _lstm(
    x, h, c, W, U, b, order="ifgo", given=lambda h, c, b: (h, c, b), squash=np.tanh,
    forget=lambda i, f: f, state=lambda o, old, new: o * np.tanh(new),
    result=lambda state, memory: (state, memory),
):  # fmt: skip
    """Return state and memory, with changes."""
    h, c, b = given(h, c, b)
    parts = dict(zip(order, np.split(x @ W + h @ U + b, 4, axis=1)))
    i, f, o = (sigmoid(parts[gate]) for gate in "ifo")
    memory = forget(i, f) * c + i * squash(parts["g"])
    return result(state(o, c, memory), memory)


ORDER = "The order of the columns is input gate, forget gate, candidate, output gate."

lstm_step.add_mistakes(
    _lstm,
    [
        *((ORDER, {"order": order}) for order in ("ifog", "igfo", "figo", "fiog")),
        (
            "The previous state isn't used: h U belongs to every gate.",
            {"given": lambda h, c, b: (0 * h, c, b)},
        ),
        (
            "The memory isn't carried over: the forget gate times the old memory is missing.",
            {"given": lambda h, c, b: (h, 0 * c, b)},
        ),
        (
            "The new state is o·tanh(memory); the tanh is missing.",
            {"state": lambda o, old, new: o * new},
        ),
        (
            "The new state is computed from the new memory; you took the old one.",
            {"state": lambda o, old, new: o * np.tanh(old)},
        ),
        ("The candidate has a tanh, not a sigmoid: it can be negative.", {"squash": sigmoid}),
        (
            "The forget gate is a gate of its own; yours is 1 − input gate.",
            {"forget": lambda i, f: 1 - i},
        ),
        (
            "Return the state first, then the memory.",
            {"result": lambda state, memory: (memory, state)},
        ),
        (
            "Return both, state and memory; you returned only the state.",
            {"result": lambda state, memory: state},
        ),
        (
            "You added 1 to the forget gate. Keras starts with a bias of 1 there, so b holds it "
            "already.",
            {"given": lambda h, c, b: (h, c, b + np.repeat([0, 1, 0, 0], len(b) // 4))},
        ),
        ("The bias is missing.", {"given": lambda h, c, b: (h, c, 0 * b)}),
    ],
)


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
