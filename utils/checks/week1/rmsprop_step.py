"""Check of `rmsprop_step`: how G averages the squares, and ε inside the root."""

import numpy as np

from ..check import new_check

rmsprop_step = new_check(__name__)


def _shares(alpha):
    return alpha, 1 - alpha


def _root(G, eps):
    return np.sqrt(G + eps)


def _rmsprop(w, G, grad, eta, alpha, eps, square=np.square, shares=_shares, bottom=_root):
    old, new = shares(alpha)
    G = old * G + new * square(grad)
    return w - eta * grad / bottom(G, eps), G


rmsprop_step.add_mistakes(
    _rmsprop,
    {
        "ε belongs inside the root: √(G + ε).": {"bottom": lambda G, eps: np.sqrt(G) + eps},
        "The factor (1 − α) is missing before g².": {"shares": lambda alpha: (alpha, 1)},
        "G must average the squares of the gradient; you averaged the gradient.": {
            "square": np.positive,
            "bottom": lambda G, eps: np.sqrt(np.abs(G) + eps),
        },
        "The root is missing: divide by √(G + ε), not by G + ε.": {"bottom": np.add},
        "α and 1 − α are swapped: the old G keeps the share α.": {
            "shares": lambda alpha: (1 - alpha, alpha)
        },
        "G holds one number per weight; you used the squared length of the whole gradient.": {
            "square": lambda grad: np.sum(grad**2)
        },
    },
)


@rmsprop_step.mistake("w was scaled by the old G; update G first, then use it.")
def old_G(w, G, grad, eta, alpha, eps):
    return w - eta * grad / np.sqrt(G + eps), alpha * G + (1 - alpha) * grad**2


@rmsprop_step.alternative
def by_difference(w, G, grad, eta, alpha, eps):
    G = G + (1 - alpha) * (np.square(grad) - G)
    return w - eta * (G + eps) ** -0.5 * grad, G


@rmsprop_step.alternative
def named_parts(w, G, grad, eta, alpha, eps):
    new_G = np.multiply(alpha, G) + np.multiply(1 - alpha, grad * grad)
    scale = eta / np.sqrt(eps + new_G)
    return (w - scale * grad, new_G)
