"""Check of `rmsprop_step`: how G averages the squares, and ε inside the root."""

import numpy as np

from ..check import new_check
from ._rows import two_at_once
from ._wrong_rmsprops import COMMON, RIGHT, ROWS, rmsprop

rmsprop_step = new_check(__name__)


rmsprop_step.add_mistakes(rmsprop, ROWS)
rmsprop_step.add_mistakes(rmsprop, two_at_once(COMMON))


@rmsprop_step.mistake("ε is added after the division, for lack of brackets: η·g / √(G + ε).")
def eps_after_division(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - (eta * grad / np.sqrt(G) + eps), G


@rmsprop_step.mistake("ε is added to w, for lack of brackets: w − η·g / √(G + ε).")
def eps_added_to_w(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / np.sqrt(G) + eps, G


@rmsprop_step.mistake(f"Brackets are missing, 1 − α·g²: {RIGHT}.")
def no_brackets(w, G, grad, eta, alpha, eps):
    G = alpha * G + 1 - alpha * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake(f"η stands before g² in the place of 1 − α: {RIGHT}.")
def eta_in_G(w, G, grad, eta, alpha, eps):
    G = alpha * G + eta * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake("G is divided by 1 − α, as Adam corrects; here the step is η·g / √(G + ε).")
def corrected(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / np.sqrt(G / (1 - alpha) + eps), G


@rmsprop_step.mistake("w was scaled by the old G; update G first, then use it.")
def old_G(w, G, grad, eta, alpha, eps):
    return w - eta * grad / np.sqrt(G + eps), alpha * G + (1 - alpha) * grad**2


@rmsprop_step.mistake(f"You returned the old G: the next step needs the new one, {RIGHT}.")
def returns_old_G(w, G, grad, eta, alpha, eps):
    return rmsprop(w, G, grad, eta, alpha, eps)[0], G


@rmsprop_step.mistake("You returned the step instead of the new weights, w minus it.")
def step_only(w, G, grad, eta, alpha, eps):
    step, G = rmsprop(0 * w, G, grad, eta, alpha, eps)
    return step, G


@rmsprop_step.mistake(
    "Where G is zero you started it at g²; here it starts at zero, and the first step "
    "averages as all others do."
)
def starts_at_the_square(w, G, grad, eta, alpha, eps):
    G = alpha * G + (1 - alpha) * grad**2 if np.any(G) else grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake(
    "You changed the caller's G in place, by `G *= …` or `G[:] = …` (which cuts fractions off, or "
    "fails, where it holds integers): make a new array."
)
def into_G(w, G, grad, eta, alpha, eps):
    G[:] = alpha * G + (1 - alpha) * grad**2
    return w - eta * grad / np.sqrt(G + eps), G


@rmsprop_step.mistake(
    "An array made like an input (copy, zeros_like, empty_like) holds integers where that does, so "
    "fractions are cut off: let the formula make a new one."
)
def into_arrays_like_them(w, G, grad, eta, alpha, eps):
    G = (alpha * G + (1 - alpha) * grad**2).astype(w.dtype)
    return (w - eta * grad / np.sqrt(G + eps)).astype(w.dtype), G


@rmsprop_step.alternative
def by_difference(w, G, grad, eta, alpha, eps):
    G = G + (1 - alpha) * (np.square(grad) - G)
    return w - eta * (G + eps) ** -0.5 * grad, G


@rmsprop_step.alternative
def named_parts(w, G, grad, eta, alpha, eps):
    new_G = np.multiply(alpha, G) + np.multiply(1 - alpha, grad * grad)
    scale = eta / np.sqrt(eps + new_G)
    return (w - scale * grad, new_G)
