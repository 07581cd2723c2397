"""Mistakes of `rnn_forward`, as rows of switches."""

import numpy as np


def one_step(x, states, Wx, Wh, b):
    return np.tanh(x @ Wx + states[-1] @ Wh + b)


def _rows_and_steps_mixed(h):
    return h.swapaxes(0, 1).reshape(h.shape)


ONE_LONG_ROW = (
    "The states lie end to end: `np.concatenate` joins arrays along an axis that is there; "
    "`np.stack(states, axis=1)` makes a new one for time."
)
MIXED = (
    "`reshape` doesn't exchange axes, it only deals the numbers out anew, which mixes sequences "
    "and steps: stack along axis 1, or transpose."
)
LATE_INPUTS = (
    "The first step must read inputs[:, 0]; your steps read the inputs one place too far on."
)
ZERO_FIRST = "h[:, 0] is h0; yours holds zeros there, although the steps start from h0."

ROWS = [
    (
        "The state isn't carried over: each step must start from the state before it, not from h0.",
        {"cell": lambda x, before, h0, *rest: one_step(x, [h0], *rest)},
    ),
    (
        "You step from the state two places back; take the one right before.",
        {"cell": lambda x, before, h0, *rest: one_step(x, before[-2:][:1], *rest)},
    ),
    (
        "h0 belongs to the result: it is the first of time + 1 states.",
        {"result": lambda h: h[:, 1:]},
    ),
    (
        "Return all states; this is only the last one.",
        {"result": lambda h: h[:, -1]},
    ),
    (
        "Return all states; the last one is missing.",
        {"result": lambda h: h[:, :-1]},
    ),
    (
        "The last state isn't computed, and stays zero: there are as many steps as inputs, and "
        "one state more.",
        {"result": lambda h: h * (np.arange(h.shape[1]) < h.shape[1] - 1)[:, None]},
    ),
    (
        "Time is the second axis: the result has shape (batch, time + 1, units).",
        {"result": lambda h: h.swapaxes(0, 1)},
    ),
    (
        "Time is the second axis, units the last: the result has shape (batch, time + 1, "
        "units); stack along axis 1.",
        {"result": lambda h: h.swapaxes(1, 2)},
    ),
    (
        "Return one array: stack the list of states along axis 1.",
        {"result": lambda h: list(h.swapaxes(0, 1))},
    ),
    ("You started from zeros; start from h0.", {"start": np.zeros_like}),
    *(
        (ZERO_FIRST, {"result": result})
        for result in (lambda h: h * (np.arange(h.shape[1]) > 0)[:, None],)
    ),
    (
        "h[:, 0] is h0, and the first step starts from it; you stepped from zeros.",
        {
            "cell": lambda x, before, h0, *rest: one_step(
                x, [before[-1] if len(before) > 1 else 0 * h0], *rest
            )
        },
    ),
    (
        "You stepped from sequence to sequence; step along time, the second axis.",
        {"read": lambda inputs: inputs.swapaxes(0, 1)},
    ),
    (
        "You went through time backwards: the first input comes first.",
        {"read": lambda inputs: inputs[:, ::-1]},
    ),
    (
        "Your states come in reverse order: h[:, 0] is h0, the last one comes last.",
        {"result": lambda h: h[:, ::-1]},
    ),
    *(
        (LATE_INPUTS, {"read": read})
        for read in (
            lambda inputs: np.concatenate([inputs[:, 1:], inputs[:, -1:]], axis=1),
            lambda inputs: np.roll(inputs, -1, axis=1),
        )
    ),
    (
        "Your loop makes one step too few: it leaves out the first input.",
        {"read": lambda inputs: inputs[:, 1:]},
    ),
    (
        "You read the first input at every step; step t reads inputs[:, t].",
        {"read": lambda inputs: inputs[:, np.zeros(inputs.shape[1], int)]},
    ),
    (
        "You read the last input at every step; step t reads inputs[:, t].",
        {"read": lambda inputs: inputs[:, np.full(inputs.shape[1], -1)]},
    ),
    (
        "You read inputs[:, t − 1] at step t, at the first one the last input: step t reads "
        "inputs[:, t].",
        {"read": lambda inputs: np.roll(inputs, 1, axis=1)},
    ),
    (
        "h0 comes first in the result: h[:, 0], before the state of the first input.",
        {"result": lambda h: np.roll(h, -1, axis=1)},
    ),
    (
        "h0 is there twice; it is the first of time + 1 states.",
        {"result": lambda h: np.concatenate([h[:, :1], h], axis=1)},
    ),
    *(
        (ONE_LONG_ROW, {"result": result})
        for result in (
            lambda h: h.reshape(len(h), -1),
            lambda h: np.concatenate(list(h.swapaxes(0, 1))),
        )
    ),
    *(
        (MIXED, {"result": result})
        for result in (
            _rows_and_steps_mixed,
            lambda h: h.reshape(h.shape[1], h.shape[0], h.shape[2]),
        )
    ),
    (MIXED, {"read": lambda i: i.reshape(i.shape[1], i.shape[0], -1).swapaxes(0, 1)}),
    (
        "All states are the last one: you kept the same array, written over at each step. Make "
        "a new one each time.",
        {"result": lambda h: np.repeat(h[:, -1:], h.shape[1], axis=1)},
    ),
    (
        "All states but h0 are the last one: you kept the same array, written over at each "
        "step. Make a new one each time.",
        {"result": lambda h: h[:, [0] + [-1] * (h.shape[1] - 1)]},
    ),
    ("The bias is missing.", {"biased": 0}),
    ("The bias is there twice.", {"biased": 2}),
    (
        "Wh is transposed: its rows belong to the state before, its columns to the next.",
        {"matrix": np.transpose},
    ),
    ("The state before isn't used in the steps: h Wh is missing.", {"matrix": np.zeros_like}),
    (
        "The tanh is missing from the steps.",
        {"cell": lambda x, before, h0, Wx, Wh, b: x @ Wx + before[-1] @ Wh + b},
    ),
    (
        "What comes in isn't used in the steps: x Wx is missing.",
        {"cell": lambda x, before, h0, Wx, Wh, b: np.tanh(before[-1] @ Wh + b)},
    ),
    (
        "The bias belongs inside the tanh; you added it outside.",
        {"cell": lambda x, before, h0, Wx, Wh, b: np.tanh(x @ Wx + before[-1] @ Wh) + b},
    ),
    (
        "You added the states up; each new state replaces the one before.",
        {"cell": lambda x, before, h0, *rest: before[-1] + one_step(x, before, *rest)},
    ),
    (
        "You returned the sums of the states up to each place; return the states.",
        {"result": lambda h: np.cumsum(h, axis=1)},
    ),
]
