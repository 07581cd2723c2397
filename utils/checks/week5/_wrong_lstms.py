"""Mistakes of `lstm_step`, as rows of switches."""

from itertools import permutations

import numpy as np
from scipy.special import expit as sigmoid


def _interleaved(a, count, axis):
    return [a[:, number::count] for number in range(count)]


def _hard(a):
    return np.clip(a / 6 + 0.5, 0, 1)


ORDER = "The order of the columns is input gate, forget gate, candidate, output gate."
ORDERS = [order for order in map("".join, permutations("ifgo")) if order != "ifgo"]

ROWS = [
    *((ORDER, {"order": order}) for order in ORDERS),
    (
        "Each gate has a block of columns, side by side with the others; you took every fourth "
        "column.",
        {"split": _interleaved},
    ),
    (
        "The previous state isn't used: h U belongs to every gate.",
        {"given": lambda h, c, b: (0 * h, c, b)},
    ),
    ("What comes in isn't used: x W belongs to every gate.", {"use": np.zeros_like}),
    (
        "The memory isn't carried over: the forget gate times the old memory is missing.",
        {"given": lambda h, c, b: (h, 0 * c, b)},
    ),
    (
        "The old memory stays whole in yours; multiply it by the forget gate.",
        {"forget": lambda i, f: 1},
    ),
    (
        "The input gate is missing: multiply the candidate by it.",
        {"write": lambda i, f: 1},
    ),
    (
        "The output gate is missing: the new state is o·tanh(new memory).",
        {"state": lambda o, old, new: np.tanh(new)},
    ),
    (
        "The new state is o·tanh(new memory); you returned the memory in its place.",
        {"state": lambda o, old, new: new},
    ),
    (
        "The new state is o·tanh(memory); the tanh is missing.",
        {"state": lambda o, old, new: o * new},
    ),
    (
        "The new state is o·tanh(memory), not tanh(o·memory): the gate acts after the tanh.",
        {"state": lambda o, old, new: np.tanh(o * new)},
    ),
    (
        "The new state is o·tanh(memory); you took a sigmoid of the memory.",
        {"state": lambda o, old, new: o * sigmoid(new)},
    ),
    (
        "The new state is o·tanh(memory); you took a ReLU of the memory.",
        {"state": lambda o, old, new: o * np.maximum(new, 0)},
    ),
    (
        "The new state is o times tanh of the memory; you added them.",
        {"state": lambda o, old, new: o + np.tanh(new)},
    ),
    (
        "The output gate shows the memory; 1 − o is the wrong way round.",
        {"state": lambda o, old, new: (1 - o) * np.tanh(new)},
    ),
    (
        "The new state is computed from the new memory; you took the old one.",
        {"state": lambda o, old, new: o * np.tanh(old)},
    ),
    ("The candidate has a tanh, not a sigmoid: it can be negative.", {"squash": sigmoid}),
    ("The candidate has a tanh, which is missing.", {"squash": lambda a: a}),
    ("The candidate has a tanh, not a ReLU.", {"squash": lambda a: np.maximum(a, 0)}),
    ("You took the tanh of the candidate twice.", {"squash": lambda a: np.tanh(np.tanh(a))}),
    ("The gates have no sigmoid: they must be numbers from 0 to 1.", {"gate": lambda a: a}),
    ("The gates have a sigmoid, not a tanh: they are numbers from 0 to 1.", {"gate": np.tanh}),
    ("The gates have a sigmoid, not a ReLU.", {"gate": lambda a: np.maximum(a, 0)}),
    ("The gates have a sigmoid; yours is its piecewise linear imitation.", {"gate": _hard}),
    ("The gates have a sigmoid of a; yours is that of −a.", {"gate": lambda a: sigmoid(-a)}),
    ("You took the sigmoid of the gates twice.", {"gate": lambda a: sigmoid(sigmoid(a))}),
    (
        "Gates have a sigmoid, the candidate a tanh; in yours neither has one.",
        {"gate": lambda a: a, "squash": lambda a: a},
    ),
    (
        "Gates have a sigmoid and the candidate a tanh; yours are the other way round.",
        {"gate": np.tanh, "squash": sigmoid},
    ),
    (
        "The forget gate is a gate of its own; yours is 1 − input gate.",
        {"forget": lambda i, f: 1 - i},
    ),
    (
        "The input gate is a gate of its own; yours is 1 − forget gate.",
        {"write": lambda i, f: 1 - f},
    ),
    (
        "The old memory is multiplied by the forget gate; you multiplied by 1 − f.",
        {"forget": lambda i, f: 1 - f},
    ),
    (
        "You multiplied the old memory by the input gate; multiply it by the forget gate.",
        {"forget": lambda i, f: i},
    ),
    (
        "You multiplied the candidate by the forget gate; multiply it by the input gate.",
        {"write": lambda i, f: f},
    ),
    (
        "You scaled old memory and candidate by the sum of both gates; each has its own.",
        {"forget": lambda i, f: i + f, "write": lambda i, f: i + f},
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
        "Return both, state and memory; you returned only the memory.",
        {"result": lambda state, memory: memory},
    ),
    (
        "The memory that you return has gone through a tanh; only the state has.",
        {"result": lambda state, memory: (state, np.tanh(memory))},
    ),
    (
        "You returned the state twice; the second result is the memory.",
        {"result": lambda state, memory: (state, state)},
    ),
    (
        "You added 1 to the forget gate. Keras starts with a bias of 1 there, so b holds it "
        "already.",
        {"given": lambda h, c, b: (h, c, b + np.repeat([0, 1, 0, 0], len(b) // 4))},
    ),
    ("The bias is missing.", {"given": lambda h, c, b: (h, c, 0 * b)}),
    ("The bias is there twice.", {"given": lambda h, c, b: (h, c, 2 * b)}),
]
