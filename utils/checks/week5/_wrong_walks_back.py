"""Mistakes of `rnn_backward` on the walk through time, as rows of switches."""

import numpy as np

ONE_STEP = (
    "The weights act at every step, so their gradients add up over time; you kept those of one "
    "step only."
)
NOT_CARRIED = "The gradient isn't carried back: each state also acts through all states after it."
LAST_FORGOTTEN = (
    "The last state's own grad_h is missing: the walk begins with grad_h[:, −1], at t = time − 1."
)


OF_THE_WALK = [
    (ONE_STEP, {"total": lambda parts: parts[-1]}),
    (ONE_STEP, {"total": lambda parts: parts[0]}),
    (
        "You averaged over the steps; the gradients of the weights add up over time.",
        {"total": lambda parts: sum(parts) / len(parts)},
    ),
    (NOT_CARRIED, {"carry": lambda own, grad_a, carried, Wh: own}),
    (
        NOT_CARRIED,
        {
            "carry": lambda own, grad_a, carried, Wh: own,
            "h0": lambda own, grad_a, carried, Wh: own + grad_a @ Wh.T,
        },
    ),
    (
        "You carry back only what comes from later states; add each state's own grad_h on the way.",
        {"carry": lambda own, grad_a, carried, Wh: grad_a @ Wh.T},
    ),
    (
        "You add the own grad_h of the first state alone; add that of each state on the way.",
        {
            "carry": lambda own, grad_a, carried, Wh: grad_a @ Wh.T,
            "h0": lambda own, grad_a, carried, Wh: own + grad_a @ Wh.T,
        },
    ),
    (LAST_FORGOTTEN, {"start": np.zeros_like}),
    (
        "You added the last state's own grad_h twice: start from it once.",
        {"start": lambda last: 2 * last},
    ),
    (
        "At each step you added the own grad_h of the state after it, not of the state before: "
        "add grad_h[:, t] to what goes to h[:, t].",
        {"own_shift": 1},
    ),
    (
        "The slope of tanh is missing: 1 − h², where h is the state after the step.",
        {"slope": lambda before, after: 1.0},
    ),
    (
        "You took the slope of tanh at the state before the step; take it at the state after "
        "the step.",
        {"slope": lambda before, after: 1 - before**2},
    ),
    (
        "The slope of tanh is 1 − h²; yours, h·(1 − h), is a sigmoid's.",
        {"slope": lambda before, after: after * (1 - after)},
    ),
    (
        "The slope of tanh is 1 − h²; the square is missing from yours.",
        {"slope": lambda before, after: 1 - after},
    ),
    (
        "The slope of tanh is 1 − h²; yours is 1 + h².",
        {"slope": lambda before, after: 1 + after**2},
    ),
    (
        "The slope of tanh is 1 − h²; yours is h².",
        {"slope": lambda before, after: after**2},
    ),
    (
        "The slope of tanh is 1 − h²; yours is (1 − h)².",
        {"slope": lambda before, after: (1 - after) ** 2},
    ),
    (
        "The slope of tanh is 1 − h²; you squared it.",
        {"slope": lambda before, after: (1 - after**2) ** 2},
    ),
    (
        "h holds the values of tanh already: its slope is 1 − h², without another tanh.",
        {"slope": lambda before, after: 1 - np.tanh(after) ** 2},
    ),
    (
        "You multiplied by tanh of h; multiply by the slope of tanh, 1 − h².",
        {"slope": lambda before, after: np.tanh(after)},
    ),
    (
        "You took the slope of a ReLU; that of tanh is 1 − h².",
        {"slope": lambda before, after: (after > 0) * 1.0},
    ),
    (
        "On the way back Wh must be transposed.",
        {"carry": lambda own, grad_a, carried, Wh: own + grad_a @ Wh},
    ),
    (
        "Wh multiplies the state before the step, h[:, t]; you took the one after it.",
        {"state": lambda before, after: after},
    ),
    (
        "Wx multiplies inputs[:, t] at the step that leads to h[:, t + 1]; you took the next one.",
        {"shift": 1},
    ),
    (
        "Wx multiplies inputs[:, t] at the step that leads to h[:, t + 1]; you took the one "
        "before.",
        {"shift": -1},
    ),
    (
        "The slope of tanh is missing from the gradient that you carry back: it passes "
        "through tanh, too.",
        {"carry": lambda own, grad_a, carried, Wh: own + carried @ Wh.T},
    ),
    (
        "The gradient passes through tanh before it meets Wh; you multiplied a state's own "
        "grad_h by Wh, too.",
        {"carry": lambda own, grad_a, carried, Wh: (own + grad_a) @ Wh.T},
    ),
    (
        "The carried gradient must pass Wh: a state acts on the next one through Wh.",
        {"carry": lambda own, grad_a, carried, Wh: own + grad_a},
    ),
]
