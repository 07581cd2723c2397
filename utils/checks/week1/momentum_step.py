"""Check of `momentum_step`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

momentum_step = new_check(__name__)


@momentum_step.mistake("The learning rate is missing from ν: ν ← α·ν + η·g.")
def nu_without_rate(w, nu, grad, eta, alpha):
    nu = alpha * nu + grad
    return w - nu, nu


@momentum_step.mistake("η was applied twice: ν already holds it, so w ← w − ν.")
def rate_twice(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return w - eta * nu, nu


@momentum_step.mistake("w moved by the old ν; update ν first, then use it.")
def old_nu(w, nu, grad, eta, alpha):
    return w - nu, alpha * nu + eta * grad


@momentum_step.mistake(
    "This is a moving average, with (1 − α) on the gradient; here ν ← α·ν + η·g."
)
def averaged(w, nu, grad, eta, alpha):
    nu = alpha * nu + (1 - alpha) * eta * grad
    return w - nu, nu


@momentum_step.mistake("The order of the result is (w, ν); yours is (ν, w).")
def nu_first(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return nu, w - nu


@momentum_step.mistake("You went uphill: subtract ν.")
def momentum_uphill(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return w + nu, nu


@momentum_step.mistake("The sign of ν is the other way round here: ν ← α·ν + η·g, and w ← w − ν.")
def nu_negative(w, nu, grad, eta, alpha):
    nu = alpha * nu - eta * grad
    return w + nu, nu


@momentum_step.mistake(
    "You averaged the gradients and applied η afterwards; here η goes into ν: ν ← α·ν + η·g."
)
def average_then_rate(w, nu, grad, eta, alpha):
    nu = alpha * nu + (1 - alpha) * grad
    return w - eta * nu, nu


@momentum_step.mistake("ν is forgotten: return the pair (w, ν), or the next step has no memory.")
def only_w(w, nu, grad, eta, alpha):
    return w - (alpha * nu + eta * grad)


@momentum_step.alternative
def in_two_lines(w, nu, grad, eta, alpha):
    velocity = np.add(alpha * nu, eta * grad)
    return [np.subtract(w, velocity), velocity]


@momentum_step.alternative
def negative_velocity(w, nu, grad, eta, alpha):
    velocity = -alpha * nu - eta * grad
    return w + velocity, -velocity
