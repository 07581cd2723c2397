"""Mistakes of `sgd_step`, as rows of switches."""

import numpy as np


def _fixed(rate):
    return lambda eta: rate


def _rest(eta):
    return 1 - eta


def _shortened(grad, bound):
    return grad * min(1, bound / np.linalg.norm(grad))


CLIPPED = "You clipped the gradient; the step is eta times the gradient as it is."

ROWS = [
    ("You went uphill: subtract the gradient.", {"rate": np.negative}),
    ("The learning rate is missing: scale the gradient by eta.", {"rate": lambda eta: 1}),
    (
        "The learning rate is missing, and you went uphill: w − eta * grad.",
        {"rate": lambda eta: -1},
    ),
    *[
        ("You wrote a rate of your own; multiply by the parameter eta.", {"rate": _fixed(rate)})
        for rate in (0.001, 0.01, 0.1, 0.3, 0.5)
    ],
    ("You divided by eta; multiply the gradient by it.", {"rate": lambda eta: 1 / eta}),
    ("You squared eta; it counts once.", {"rate": np.square}),
    ("The step has the factor 1 − eta; it is eta times the gradient.", {"rate": _rest}),
    ("The ½ doesn't belong here: the step is eta · grad.", {"rate": lambda eta: eta / 2}),
    ("The 2 doesn't belong here: the step is eta · grad.", {"rate": lambda eta: eta * 2}),
    (
        "The gradient is forgotten: you subtracted the rate itself from every weight.",
        {"of_grad": lambda grad: 1},
    ),
    (
        "You used only the gradient's direction; multiply by the gradient itself.",
        {"of_grad": lambda grad: grad / np.linalg.norm(grad)},
    ),
    (
        "Only the signs of the gradient are left; its size counts too.",
        {"of_grad": np.sign},
    ),
    (
        "The signs of the gradient are lost: no absolute value belongs here.",
        {"of_grad": np.abs},
    ),
    ("You squared the gradient; take it as it is.", {"of_grad": np.square}),
    (
        "You averaged the gradient, so all weights move alike; each has its own slope.",
        {"of_grad": np.mean},
    ),
    (
        "You summed the gradient, so all weights move alike; each has its own slope.",
        {"of_grad": np.sum},
    ),
    (
        "You took the length of the gradient, so all weights move alike; each has its own slope.",
        {"of_grad": np.linalg.norm},
    ),
    (
        "You divided by the number of weights: the gradient is a mean already.",
        {"of_grad": lambda grad: grad / len(grad)},
    ),
    *[
        (CLIPPED, {"of_grad": lambda grad, bound=bound: np.clip(grad, -bound, bound)})
        for bound in (0.1, 0.5, 1, 2, 3, 5, 10, 50, 100, 1000)
    ],
    *[
        (CLIPPED, {"of_grad": lambda grad, bound=bound: _shortened(grad, bound)})
        for bound in (2, 5, 10, 100)
    ],
    (
        "Weights with a positive gradient moved alone; a negative one moves its weight too.",
        {"of_grad": lambda grad: np.maximum(grad, 0)},
    ),
    ("You cut the fractions of the new weights off.", {"finish": np.trunc}),
    ("You scaled the new weights to length 1.", {"finish": lambda w: w / np.linalg.norm(w)}),
    ("You cut the new weights off at ±1.", {"finish": lambda w: np.clip(w, -1, 1)}),
    ("You rounded the new weights.", {"finish": np.round}),
    ("You averaged the new weights; each stays a number of its own.", {"finish": np.mean}),
]
