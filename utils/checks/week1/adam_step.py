"""Check of `adam_step`: the bias correction, ε outside the root, and which m and v go back."""

import numpy as np

from ..check import new_check

adam_step = new_check(__name__, points=2)


def _share(beta, t):
    """Return how much of an average comes from gradients, and not from its start at 0."""
    return 1 - beta**t


def _root(v, eps):
    return np.sqrt(v) + eps


def _adam(w, m, v, grad, t, eta, beta1, beta2, eps, square=np.square, share=_share, root=_root):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * square(grad)
    return w - eta * m / share(beta1, t) / root(v / share(beta2, t), eps), m, v


adam_step.add_mistakes(
    _adam,
    {
        "The bias correction is missing: divide m by 1 − β₁ᵗ and v by 1 − β₂ᵗ.": {
            "share": lambda beta, t: 1
        },
        "ε belongs outside the root here: √v̂ + ε.": {"root": lambda v, eps: np.sqrt(v + eps)},
        "The root is missing: divide by √v̂ + ε.": {"root": np.add},
        "t counts from 1, so the exponent is t itself, not t + 1.": {
            "share": lambda beta, t: 1 - beta ** (t + 1)
        },
        "The power is missing: divide by 1 − βᵗ, not by 1 − β.": {
            "share": lambda beta, t: 1 - beta
        },
        "v must average the squares of the gradient; you averaged its absolute value.": {
            "square": np.abs
        },
    },
)


@adam_step.mistake("You returned the corrected averages; the next step needs the plain m and v.")
def returns_corrected(w, m, v, grad, t, eta, beta1, beta2, eps):
    w, m, v = _adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    return w, m / _share(beta1, t), v / _share(beta2, t)


@adam_step.mistake("β₁ and β₂ are swapped: β₁ goes with m, β₂ with v.")
def betas_swapped(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta2, beta1, eps)


@adam_step.alternative
def adam_by_difference(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = m + (1 - beta1) * (grad - m)
    v = v + (1 - beta2) * (grad * grad - v)
    step = (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + eps)
    return np.subtract(w, eta * step), m, v


@adam_step.alternative
def adam_one_rate(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * np.power(grad, 2)
    root = np.sqrt(1 - beta2**t)
    rate = eta * root / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps * root), m, v
