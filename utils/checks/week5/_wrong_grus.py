"""Mistakes of `gru_step`, as rows of switches."""

from itertools import permutations

import numpy as np
from scipy.special import expit as sigmoid


def _interleaved(a, count, axis):
    return [a[:, number::count] for number in range(count)]


def _hard(a):
    return np.clip(a / 6 + 0.5, 0, 1)


ORDER = "The order of the columns is update gate z, reset gate r, candidate."
ORDERS = [order for order in map("".join, permutations("zrg")) if order != "zrg"]
ONLY_FIRST = "b has two rows: b[0] belongs to x W, b[1] to h U; you used only b[0]."
RESET_FIRST = (
    "You reset the state before its product with U; here the reset acts after it, on the product "
    "and its bias."
)
RESET_ALL = (
    "The reset acts only on the part that comes from the state; you multiplied the part from x by "
    "r, too."
)

ROWS = [
    *((ORDER, {"order": order}) for order in ORDERS),
    (
        "Each gate has a block of columns, side by side with the others; you took every third "
        "column.",
        {"split": _interleaved},
    ),
    (
        "z and 1 − z are swapped: z says how much of the old state stays. (Cho et al. and "
        "Keras write it so; others, the other way round.)",
        {"mix": lambda z, old, new: (1 - z) * old + z * new},
    ),
    (RESET_FIRST, {"reset": lambda r, h, U, b: (r * h) @ U + b}),
    (
        "The reset acts on the candidate's second bias, too: r · (h U + b[1]), not "
        "r · (h U) + b[1].",
        {"reset": lambda r, h, U, b: r * (h @ U) + b},
    ),
    ("The reset gate isn't used.", {"reset": lambda r, h, U, b: h @ U + b}),
    (
        "You took 1 − r for the reset; multiply by r.",
        {"reset": lambda r, h, U, b: (1 - r) * (h @ U + b)},
    ),
    (
        "The candidate doesn't see the state: r times its part of h U + b[1] is missing.",
        {"reset": lambda r, h, U, b: 0 * (h @ U)},
    ),
    (
        "The reset acts on the state itself, without U: multiply r by the candidate's part of "
        "h U + b[1].",
        {"reset": lambda r, h, U, b: r * h},
    ),
    (
        "The reset is added; multiply the candidate's part of h U + b[1] by it.",
        {"reset": lambda r, h, U, b: r + (h @ U + b)},
    ),
    (RESET_ALL, {"inner": lambda from_x, from_h, r: r * from_x + from_h}),
    (
        "The reset acts on the part that comes from the state; you multiplied the part from x "
        "by r instead.",
        {
            "inner": lambda from_x, from_h, r: r * from_x + from_h,
            "reset": lambda r, h, U, b: h @ U + b,
        },
    ),
    (
        "What comes from x is missing in the candidate.",
        {"inner": lambda from_x, from_h, r: from_h},
    ),
    (
        "The state isn't carried over: z times the old state is missing.",
        {"mix": lambda z, old, new: (1 - z) * new},
    ),
    (
        "The candidate is added whole; multiply it by 1 − z.",
        {"mix": lambda z, old, new: z * old + new},
    ),
    (
        "The old state is added whole; multiply it by z.",
        {"mix": lambda z, old, new: old + (1 - z) * new},
    ),
    (
        "You scaled both by z; the candidate's share is 1 − z.",
        {"mix": lambda z, old, new: z * (old + new)},
    ),
    (
        "You scaled both by 1 − z; the old state's share is z.",
        {"mix": lambda z, old, new: (1 - z) * (old + new)},
    ),
    (
        "You returned the candidate; the new state is z·h + (1 − z)·g.",
        {"mix": lambda z, old, new: new},
    ),
    (
        "The candidate isn't in the new state: (1 − z) times it is missing.",
        {"mix": lambda z, old, new: z * old},
    ),
    (
        "You added z·g to the old state; the new state is z·h + (1 − z)·g.",
        {"mix": lambda z, old, new: old + z * new},
    ),
    (
        "The candidate's share is 1 − z; you subtracted it: z − 1.",
        {"mix": lambda z, old, new: z * old + (z - 1) * new},
    ),
    (
        "You took a tanh of the new state; only the candidate has one.",
        {"mix": lambda z, old, new: np.tanh(z * old + (1 - z) * new)},
    ),
    (
        "The update gate takes the place of the reset gate in the candidate; r belongs there.",
        {"gates": lambda z, r: (z, z)},
    ),
    (
        "The reset gate takes the place of the update gate in the new state; z belongs there.",
        {"gates": lambda z, r: (r, r)},
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
    (
        "Gates have a sigmoid and the candidate a tanh; yours are the other way round.",
        {"gate": np.tanh, "squash": sigmoid},
    ),
    (
        "A gate is one sigmoid of the sum of its two parts, not the sum of two.",
        {"of_gate": lambda from_x, from_h, gate: gate(from_x) + gate(from_h)},
    ),
    (
        "A gate is one sigmoid of the sum of its two parts, not the product of two.",
        {"of_gate": lambda from_x, from_h, gate: gate(from_x) * gate(from_h)},
    ),
    (
        "A gate is the sigmoid of the sum of its two parts; you multiplied them.",
        {"of_gate": lambda from_x, from_h, gate: gate(from_x * from_h)},
    ),
    (
        "The gates don't see the state: a gate is the sigmoid of the sum of its two parts.",
        {"of_gate": lambda from_x, from_h, gate: gate(from_x)},
    ),
    (
        "The gates don't see what comes in: a gate is the sigmoid of the sum of its two parts.",
        {"of_gate": lambda from_x, from_h, gate: gate(from_h)},
    ),
    ("What comes in isn't used: x W is missing.", {"use": np.zeros_like}),
    (ONLY_FIRST, {"biases": lambda b: (b[0], 0 * b[1])}),
    (
        "b has two rows: b[0] belongs to x W, b[1] to h U; you used only b[1].",
        {"biases": lambda b: (0 * b[0], b[1])},
    ),
    ("Both biases are missing: b[0] belongs to x W, b[1] to h U.", {"biases": lambda b: 0 * b}),
    (
        "The biases are exchanged: b[0] belongs to x W, b[1] to h U.",
        {"biases": lambda b: b[::-1]},
    ),
    (
        "b has two rows: b[0] belongs to x W, b[1] to h U; you added b[0] to both.",
        {"biases": lambda b: (b[0], b[0])},
    ),
    (
        "b has two rows: b[0] belongs to x W, b[1] to h U; you added b[1] to both.",
        {"biases": lambda b: (b[1], b[1])},
    ),
    (
        "b has two rows: b[0] belongs to x W, b[1] to h U; you added the sum of both to each.",
        {"biases": lambda b: (b[0] + b[1], b[0] + b[1])},
    ),
    (
        "b has two rows: b[0] belongs to x W, b[1] to h U; you added both to the part from h, "
        "so that the reset acts on b[0], too.",
        {"biases": lambda b: (0 * b[0], b[0] + b[1])},
    ),
]
