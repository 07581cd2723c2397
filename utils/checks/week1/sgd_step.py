"""Check of `sgd_step`: a step downhill by eta times the gradient, in a new array."""

import numpy as np

from ..check import new_check

sgd_step = new_check(__name__)


@sgd_step.mistake("You went uphill: subtract the gradient.")
def uphill(w, grad, eta):
    return w + eta * grad


@sgd_step.mistake("The learning rate is missing: scale the gradient by eta.")
def no_rate(w, grad, eta):
    return w - grad


@sgd_step.mistake("You returned only the step; return the new weights.")
def step_only(w, grad, eta):
    return -eta * grad


@sgd_step.mistake(
    "You changed the caller's w in place (and `-=` fails on integers); make a new "
    "array: w - eta * grad."
)
def in_place(w, grad, eta):
    w -= eta * grad
    return w


@sgd_step.mistake("You used only the gradient's direction; multiply by the gradient itself.")
def unit_length(w, grad, eta):
    return w - eta * grad / np.linalg.norm(grad)


@sgd_step.alternative
def on_a_copy(w, grad, eta):
    new = w.astype(float)
    new -= grad * eta
    return new


@sgd_step.alternative
def by_subtract(w, grad, eta):
    return np.subtract(w, np.multiply(eta, grad))
