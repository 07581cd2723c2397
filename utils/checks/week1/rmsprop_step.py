"""Check of `rmsprop_step`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

rmsprop_step = new_check(__name__)


@rmsprop_step.mistake("ε belongs inside the root: √(G + ε).")
def eps_outside(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / (np.sqrt(G) + eps), G


@rmsprop_step.mistake("The factor (1 − α) is missing before g².")
def no_one_minus_alpha(w, G, grad, eta, alpha, eps):
    G = alpha * G + grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake("G must average the squares of the gradient; you averaged the gradient.")
def not_squared(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad
    return w - eta * grad / np.sqrt(np.abs(G) + eps), G


@rmsprop_step.mistake("The root is missing: divide by √(G + ε), not by G + ε.")
def no_root(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / (G + eps), G


@rmsprop_step.mistake("w was scaled by the old G; update G first, then use it.")
def old_G(w, G, grad, eta, alpha, eps):
    return w - eta * grad / np.sqrt(G + eps), alpha * G + (1 - alpha) * grad**2


@rmsprop_step.mistake("α and 1 − α are swapped: the old G keeps the share α.")
def alpha_swapped(w, G, grad, eta, alpha, eps):
    G = (1 - alpha) * G + alpha * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake(
    "G is one number for each weight; you used the squared length of the whole gradient."
)
def one_G_for_all(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * np.sum(grad**2)
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.alternative
def by_difference(w, G, grad, eta, alpha, eps):
    G = G + (1 - alpha) * (np.square(grad) - G)
    return w - eta * (G + eps) ** -0.5 * grad, G


@rmsprop_step.alternative
def named_parts(w, G, grad, eta, alpha, eps):
    new_G = np.multiply(alpha, G) + np.multiply(1 - alpha, grad * grad)
    scale = eta / np.sqrt(eps + new_G)
    return (w - scale * grad, new_G)
