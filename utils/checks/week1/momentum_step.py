"""Check of `momentum_step`: where η goes, the sign of ν, and the order of the result."""

import numpy as np

from ..check import new_check

momentum_step = new_check(__name__)


def _momentum(w, nu, grad, eta, alpha, factors=lambda eta, alpha: (eta, 1)):
    """Take the step ν ← α·ν + gain·g, w ← w − rate·ν, with the factors (gain, rate)."""
    gain, rate = factors(eta, alpha)
    nu = alpha * nu + gain * grad
    return w - rate * nu, nu


momentum_step.add_mistakes(
    _momentum,
    {
        "The learning rate is missing from ν: ν ← α·ν + η·g.": {
            "factors": lambda eta, alpha: (1, 1)
        },
        "η was applied twice: ν already holds it, so w ← w − ν.": {
            "factors": lambda eta, alpha: (eta, eta)
        },
        "This is a moving average, with (1 − α) on the gradient; here ν ← α·ν + η·g.": {
            "factors": lambda eta, alpha: ((1 - alpha) * eta, 1)
        },
        "You went uphill: subtract ν.": {"factors": lambda eta, alpha: (eta, -1)},
        "The sign of ν is the other way round here: ν ← α·ν + η·g, and w ← w − ν.": {
            "factors": lambda eta, alpha: (-eta, -1)
        },
        "You averaged the gradients and applied η afterwards; here η goes into ν: ν ← α·ν + η·g.": {
            "factors": lambda eta, alpha: (1 - alpha, eta)
        },
    },
)


@momentum_step.mistake("w moved by the old ν; update ν first, then use it.")
def old_nu(w, nu, grad, eta, alpha):
    return w - nu, alpha * nu + eta * grad


@momentum_step.mistake("The order of the result is (w, ν); yours is (ν, w).")
def nu_first(w, nu, grad, eta, alpha):
    w, nu = _momentum(w, nu, grad, eta, alpha)
    return nu, w


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
