"""Check of `momentum_step`: where η goes, the sign of ν, and the order of the result."""

import numpy as np

from ..check import new_check

momentum_step = new_check(__name__)


def _right(eta, alpha):
    return alpha, eta, 1


def _move(w, nu, rate, **values):
    return w - rate * nu


def _both(w, nu):
    return w, nu


def _momentum(w, nu, grad, eta, alpha, factors=_right, move=_move, result=_both):
    """Take the step ν ← keep·ν + gain·g, w ← w − rate·ν, with the factors (keep, gain, rate)."""
    keep, gain, rate = factors(eta, alpha)
    new = keep * nu + gain * grad
    moved = move(w, new, rate, old=nu, eta=eta, alpha=alpha, grad=grad)
    return result(moved, new)


momentum_step.add_mistakes(
    _momentum,
    [
        (sentence, {"factors": factors})
        for sentence, factors in {
            "The learning rate is missing from ν: it scales what the gradient "
            "adds.": lambda eta, alpha: (
                alpha,
                1,
                1,
            ),
            "η was applied twice: ν already holds it, so w moves by ν itself.": lambda eta, alpha: (
                (alpha, eta, eta)
            ),
            "η stands outside ν in your step, as PyTorch has it; here it goes "
            "into ν, and w moves by "
            "ν itself.": lambda eta, alpha: (alpha, 1, eta),
            "This is a moving average, with (1 − α) on the gradient; here only η "
            "stands before it.": (lambda eta, alpha: (alpha, (1 - alpha) * eta, 1)),
            "You averaged the gradients and applied η afterwards; here η goes into ν, and nothing "
            "else stands before the gradient.": lambda eta, alpha: (alpha, 1 - alpha, eta),
            "This is a moving average, with (1 − α) in the place of η before the gradient.": (
                lambda eta, alpha: (alpha, 1 - alpha, 1)
            ),
            "You went uphill: subtract ν.": lambda eta, alpha: (alpha, eta, -1),
            "The sign of ν is the other way round here: the gradient adds to ν, "
            "and ν is subtracted.": (lambda eta, alpha: (alpha, -eta, -1)),
            "You subtracted the gradient from ν and ν from w, so you went uphill: it adds to "
            "ν.": lambda eta, alpha: (alpha, -eta, 1),
            "η and α are swapped: ν keeps the share α, and the gradient gets η.": (
                lambda eta, alpha: (eta, alpha, 1)
            ),
            "α stands before the gradient too, as brackets in the wrong place "
            "make it; it belongs to "
            "the old velocity alone.": lambda eta, alpha: (alpha, alpha * eta, 1),
            "α is missing: only that share of the old velocity stays.": lambda eta, alpha: (
                1,
                eta,
                1,
            ),
            "The old velocity is missing: a share of it stays.": lambda eta, alpha: (0, eta, 1),
            "The old velocity keeps the share α, not 1 − α.": lambda eta, alpha: (
                (1 - alpha, eta, 1)
            ),
            "α and 1 − α are swapped, and there is no average here: α goes with "
            "the old velocity.": (lambda eta, alpha: (1 - alpha, alpha * eta, 1)),
            "You subtracted the old velocity from the gradient's part; they add up.": (
                lambda eta, alpha: (-alpha, eta, 1)
            ),
            "w moves by the whole new ν, not by α times it.": lambda eta, alpha: (
                (alpha, eta, alpha)
            ),
            "You averaged the gradients with exchanged shares, and applied η "
            "afterwards; here η goes "
            "into ν, and α to the old velocity.": lambda eta, alpha: (1 - alpha, alpha, eta),
            "η is missing from ν, and you went uphill: ν is subtracted.": (
                lambda eta, alpha: (alpha, 1, -1)
            ),
            "η stands outside ν, and you went uphill: it goes into ν, and ν is subtracted.": (
                lambda eta, alpha: (alpha, 1, -eta)
            ),
            "You wrote 0.9 for the parameter alpha.": lambda eta, alpha: (0.9, eta, 1),
            "You squared η; it counts once.": lambda eta, alpha: (alpha, eta**2, 1),
            "η stands before the old velocity too; it scales the gradient "
            "alone.": lambda eta, alpha: ((alpha * eta, eta, 1)),
        }.items()
    ],
)
momentum_step.add_mistakes(
    _momentum,
    {
        "w moved by the old ν; update ν first, then use it.": {
            "move": lambda w, nu, rate, old, **_: w - old
        },
        "This is Nesterov's step, which looks ahead; the plain one moves w by the new ν.": {
            "move": lambda w, nu, rate, alpha, eta, grad, **_: w - alpha * nu - eta * grad
        },
        "w moved by the gradient alone, as without momentum; it moves by the new ν.": {
            "move": lambda w, nu, rate, eta, grad, **_: w - eta * grad
        },
        "w moved by η·g besides: ν holds it already.": {
            "move": lambda w, nu, rate, eta, grad, **_: w - nu - eta * grad
        },
        "w is multiplied by α too; α is the share of the velocity that stays.": {
            "move": lambda w, nu, rate, alpha, **_: alpha * w - nu
        },
        "w didn't move: the new ν is subtracted from it.": {"move": lambda w, nu, rate, **_: w},
        "You returned ν's step instead of the new weights.": {"move": lambda w, nu, rate, **_: -nu},
        "The order of the result is (w, ν); yours is (ν, w).": {"result": lambda w, nu: (nu, w)},
        "ν is forgotten: return the pair (w, ν), or the next step has no memory.": {
            "result": lambda w, nu: w
        },
        "You returned ν alone; return the pair (w, ν).": {"result": lambda w, nu: nu},
        "You returned a dict; the pair (w, ν) is due: return w, nu.": {
            "result": lambda w, nu: {"w": w, "nu": nu}
        },
        "The two results are added: return the pair (w, ν), with a comma.": {
            "result": lambda w, nu: w + nu
        },
        "You joined both results into one long array; return the pair (w, ν).": {
            "result": lambda w, nu: np.concatenate([w, nu])
        },
    },
)


@momentum_step.mistake("You returned the old ν: the next step needs the new one, so return that.")
def returns_old_nu(w, nu, grad, eta, alpha):
    return w - (alpha * nu + eta * grad), nu


@momentum_step.mistake(
    "You changed the caller's ν in place, by `nu *= …` or `nu[:] = …` (which cuts fractions off, "
    "or fails, where it holds integers): make a new array."
)
def into_nu(w, nu, grad, eta, alpha):
    nu[:] = alpha * nu + eta * grad
    return w - nu, nu


@momentum_step.mistake(
    "An array made like an input (copy, zeros_like, empty_like) holds integers where that does, so "
    "fractions are cut off: let the sum make a new one."
)
def into_arrays_like_them(w, nu, grad, eta, alpha):
    nu = alpha * nu + eta * grad
    return (w - nu).astype(w.dtype), nu.astype(w.dtype)


@momentum_step.alternative
def in_two_lines(w, nu, grad, eta, alpha):
    velocity = np.add(alpha * nu, eta * grad)
    return [np.subtract(w, velocity), velocity]


@momentum_step.alternative
def negative_velocity(w, nu, grad, eta, alpha):
    velocity = -alpha * nu - eta * grad
    return w + velocity, -velocity
