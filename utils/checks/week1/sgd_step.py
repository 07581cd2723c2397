"""Check of `sgd_step`: a step downhill by eta times the gradient, in a new array."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_VECTOR, in_form
from ._wrong_sgd_steps import ROWS

sgd_step = new_check(__name__)


def _step(w, grad, eta, of_grad=np.positive, rate=np.positive, finish=np.positive):
    return finish(w - rate(eta) * of_grad(grad))


sgd_step.add_mistakes(_step, ROWS)
sgd_step.add_mistakes(in_form(_step), OF_A_VECTOR)


@sgd_step.mistake("You returned the old weights: the new ones are w − eta * grad.")
def old_weights(w, grad, eta):
    return w * 1.0


@sgd_step.mistake("The last weight stays as it was: all of them move.")
def all_but_the_last(w, grad, eta):
    return w - eta * np.append(grad[:-1], 0)


@sgd_step.mistake("The first weight stays as it was: all of them move.")
def all_but_the_first(w, grad, eta):
    return w - eta * np.append(0, grad[1:])


@sgd_step.mistake("You multiplied w and the gradient, w @ grad: each weight has its own slope.")
def dot_product(w, grad, eta):
    return w - eta * (w @ grad)


@sgd_step.mistake("You returned only the step; return the new weights.")
def step_only(w, grad, eta):
    return -eta * grad


@sgd_step.mistake("You returned only the step, eta · grad; return the new weights, w minus it.")
def step_of_other_sign(w, grad, eta):
    return eta * grad


@sgd_step.mistake("The rate multiplies the gradient alone, not the difference: w − eta * grad.")
def whole_difference(w, grad, eta):
    return eta * (w - grad)


@sgd_step.mistake("eta went to the weights; it multiplies the gradient: w − eta * grad.")
def rate_of_weights(w, grad, eta):
    return eta * w - grad


@sgd_step.mistake("The sign is wrong, you returned eta · grad − w: it is w − eta * grad.")
def turned_round(w, grad, eta):
    return eta * grad - w


@sgd_step.mistake("You averaged w and the gradient: it is w − eta * grad, with nothing before w.")
def averaged(w, grad, eta):
    return (1 - eta) * w + eta * grad


@sgd_step.mistake(
    "The weights shrink by eta too: nothing but w itself belongs before − eta * grad."
)
def weights_decay(w, grad, eta):
    return (1 - eta) * w - eta * grad


@sgd_step.mistake("You multiplied the step by w: it is w − eta * grad.")
def times_weights(w, grad, eta):
    return w * (1 - eta * grad)


@sgd_step.mistake("You swapped w and the gradient: it is w − eta * grad.")
def swapped(w, grad, eta):
    return grad - eta * w


@sgd_step.mistake(
    "You changed the caller's w in place (and `-=` fails on integers); make a new "
    "array: w - eta * grad."
)
def in_place(w, grad, eta):
    w -= eta * grad
    return w


@sgd_step.mistake(
    "`w[:] = …` and `w[i] = …` change the caller's w in place (and cut the fractions off where it "
    "holds integers); make a new array: w - eta * grad."
)
def into_w(w, grad, eta):
    w[:] = w - eta * grad
    return w


@sgd_step.mistake(
    "An array made like w (copy, zeros_like, empty_like) holds integers where w does, so fractions "
    "are cut off: w - eta * grad makes a new one."
)
def into_an_array_like_w(w, grad, eta):
    return (w - eta * grad).astype(w.dtype)


@sgd_step.alternative
def on_a_copy(w, grad, eta):
    new = w.astype(float)
    new -= grad * eta
    return new


@sgd_step.alternative
def by_subtract(w, grad, eta):
    return np.subtract(w, np.multiply(eta, grad))
