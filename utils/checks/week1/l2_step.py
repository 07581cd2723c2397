"""Check of `l2_step`: the gradient of the penalty is added to that of the loss, in a new array."""

import numpy as np

from ..check import new_check

l2_step = new_check(__name__)


def _slope(w, l2):
    return 2 * l2 * w


def _sum(grad, slope):
    return grad + slope


def _step(w, grad, eta, l2, slope=_slope, join=_sum, move=lambda w, total, eta: w - eta * total):
    return move(w, join(grad, slope(w, l2)), eta)


l2_step.add_mistakes(
    _step,
    [
        (
            "The factor 2 is missing: take the derivative of the penalty, where a square leaves a "
            "factor.",
            {"slope": lambda w, l2: l2 * w},
        ),
        (
            "The penalty doesn't count in your step: its gradient goes to that of the loss.",
            {"slope": lambda w, l2: 0 * w},
        ),
        (
            "The penalty pushes your weights away from zero; its gradient is added, as that of the "
            "loss is.",
            {"join": lambda grad, slope: grad - slope},
        ),
        (
            "The same number goes to every weight: it is the penalty itself, or "
            "a norm. Each weight "
            "has a slope of its own.",
            {"slope": lambda w, l2: l2 * np.sum(w**2)},
        ),
        (
            "The same number goes to every weight: it is the penalty itself, or "
            "a norm. Each weight "
            "has a slope of its own.",
            {"slope": lambda w, l2: 2 * l2 * np.linalg.norm(w)},
        ),
        (
            "Only the signs of the weights are left, as for L1; the slope of a "
            "square grows with the "
            "weight.",
            {"slope": lambda w, l2: l2 * np.sign(w)},
        ),
        (
            "The squares of the weights went into the step: the slope of a square is no square.",
            {"slope": lambda w, l2: l2 * w**2},
        ),
        (
            "You divided by the length of w: the penalty is the square of the length.",
            {"slope": lambda w, l2: l2 * w / max(np.linalg.norm(w), 1e-12)},
        ),
        (
            "λ is missing from the gradient of the penalty.",
            {"slope": lambda w, l2: 2 * w},
        ),
        (
            "You divided the gradient of the penalty by the number of weights; it is no mean.",
            {"slope": lambda w, l2: 2 * l2 * w / len(w)},
        ),
        (
            "You went uphill: subtract the gradient of the whole.",
            {"move": lambda w, total, eta: w + eta * total},
        ),
        ("The learning rate is missing.", {"move": lambda w, total, eta: w - total}),
        (
            "You returned only the step; return the new weights.",
            {"move": lambda w, total, eta: -eta * total},
        ),
        (
            "You returned the gradient of the whole; take a step against it, and return the new "
            "weights.",
            {"move": lambda w, total, eta: total},
        ),
    ],
)


@l2_step.mistake("The learning rate counts for the loss alone; it scales the penalty's slope, too.")
def rate_of_the_loss_alone(w, grad, eta, l2):
    return w - eta * grad - 2 * l2 * w


@l2_step.mistake("The learning rate counts for the penalty alone; it scales the loss's slope, too.")
def rate_of_the_penalty_alone(w, grad, eta, l2):
    return w - grad - 2 * eta * l2 * w


@l2_step.mistake(
    "You took two steps, one after the other; both gradients belong to the same old weights."
)
def one_after_the_other(w, grad, eta, l2):
    new = w - eta * grad
    return new - 2 * eta * l2 * new


@l2_step.mistake(
    "You changed the caller's w in place (and `-=` fails on integers): make a new array."
)
def in_place(w, grad, eta, l2):
    w -= eta * (grad + 2 * l2 * w)
    return w


@l2_step.mistake(
    "`w[:] = …` changes the caller's w in place (and cuts the fractions off where it holds "
    "integers): make a new array."
)
def into_w(w, grad, eta, l2):
    w[:] = w - eta * (grad + 2 * l2 * w)
    return w


@l2_step.alternative
def by_decay(w, grad, eta, l2):
    return (1 - 2 * eta * l2) * w - eta * grad


@l2_step.alternative
def weight_by_weight(w, grad, eta, l2):
    return np.array([each - eta * (g + l2 * (each + each)) for each, g in zip(w, grad)])
