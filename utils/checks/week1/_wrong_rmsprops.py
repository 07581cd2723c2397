"""Mistakes of `rmsprop_step`, as rows of switches."""

import numpy as np


def _shares(alpha):
    return alpha, 1 - alpha


def _root(G, eps):
    return np.sqrt(G + eps)


def _step(eta, grad, root):
    return eta * grad / root


def _both(w, G, eps):
    return w, G


def rmsprop(
    w, G, grad, eta, alpha, eps,
    square=np.square, shares=_shares, bottom=_root, step=_step, result=_both,
):  # fmt: skip
    old, new = shares(alpha)
    G = old * G + new * square(grad)
    return result(w - step(eta, grad, bottom(G, eps)), G, eps)


RIGHT = "G ← α·G + (1 − α)·g²"
COMMON = {
    "ε belongs inside the root: √(G + ε).": {"bottom": lambda G, eps: np.sqrt(G) + eps},
    "The root is missing: divide by √(G + ε).": {"bottom": np.add},
    "ε is forgotten: √(G + ε).": {"bottom": lambda G, eps: np.sqrt(G)},
    f"The factor (1 − α) is missing: {RIGHT}.": {"shares": lambda a: (a, 1)},
    f"α and 1 − α are swapped: {RIGHT}.": {"shares": lambda a: (1 - a, a)},
    f"You sum up as Adagrad does: {RIGHT}.": {"shares": lambda a: (1, 1)},
    "You went uphill: subtract the step.": {"step": lambda eta, g, root: -eta * g / root},
    "η is missing in the step.": {"step": lambda eta, g, root: g / root},
    "The order of the result is (w, G).": {"result": lambda w, G, eps: (G, w)},
    "G is forgotten: return the pair (w, G).": {"result": lambda w, G, eps: w},
}
ROWS = {
    "ε belongs inside the root: √(G + ε).": {"bottom": lambda G, eps: np.sqrt(G) + eps},
    "ε is forgotten: √(G + ε), or a gradient of zero gives 0 / 0.": {
        "bottom": lambda G, eps: np.sqrt(G)
    },
    "ε stands inside the root and outside; inside is enough: √(G + ε).": {
        "bottom": lambda G, eps: np.sqrt(G + eps) + eps
    },
    "You squared ε: √(G + ε).": {"bottom": lambda G, eps: np.sqrt(G + eps**2)},
    "You subtracted ε: √(G + ε).": {"bottom": lambda G, eps: np.sqrt(np.abs(G - eps))},
    "You took the root of G and of ε apart: √(G + ε).": {
        "bottom": lambda G, eps: np.sqrt(G) + np.sqrt(eps)
    },
    "You wrote 1e-8 for the parameter eps.": {"bottom": lambda G, eps: np.sqrt(G + 1e-8)},
    "You wrote 0.9 for the parameter alpha.": {"shares": lambda a: (0.9, 0.1)},
    "You took a cube root: √(G + ε).": {"bottom": lambda G, eps: np.cbrt(G + eps)},
    "You took the length of G over all weights; each weight has its own √(G + ε).": {
        "bottom": lambda G, eps: np.linalg.norm(G) + eps
    },
    "The larger of G and ε isn't their sum: √(G + ε).": {
        "bottom": lambda G, eps: np.sqrt(np.maximum(G, eps))
    },
    "The root is missing: divide by √(G + ε), not by G + ε.": {"bottom": np.add},
    "You squared G + ε; divide by its root.": {"bottom": lambda G, eps: (G + eps) ** 2},
    "You took the mean of G over the weights; each weight has its own √(G + ε).": {
        "bottom": lambda G, eps: np.sqrt(np.mean(G) + eps)
    },
    "You took the sum of G over the weights; each weight has its own √(G + ε).": {
        "bottom": lambda G, eps: np.sqrt(np.sum(G) + eps)
    },
    "You don't divide at all: the step is η·g / √(G + ε).": {"bottom": lambda G, eps: 1},
    f"The factor (1 − α) is missing before g²: {RIGHT}.": {"shares": lambda a: (a, 1)},
    f"This is Adagrad's sum, which only grows; RMSprop averages: {RIGHT}.": {
        "shares": lambda a: (1, 1)
    },
    "α and 1 − α are swapped: the old G keeps the share α.": {"shares": lambda a: (1 - a, a)},
    f"α is missing before the old G: {RIGHT}.": {"shares": lambda a: (1, 1 - a)},
    f"α stands before g² too; there it is 1 − α: {RIGHT}.": {"shares": lambda a: (a, a)},
    f"1 − α stands before the old G too; there it is α: {RIGHT}.": {
        "shares": lambda a: (1 - a, 1 - a)
    },
    f"The old G is missing: {RIGHT}.": {"shares": lambda a: (0, 1 - a)},
    f"The old G is forgotten, and nothing is averaged: {RIGHT}.": {"shares": lambda a: (0, 1)},
    f"You subtracted (1 − α)·g²: {RIGHT}.": {
        "shares": lambda a: (a, a - 1),
        "bottom": lambda G, eps: np.sqrt(np.where(G + eps < 0, np.nan, G + eps)),
    },
    "G must average the squares of the gradient; you averaged the gradient.": {
        "square": np.positive,
        "bottom": lambda G, eps: np.sqrt(np.where(G + eps < 0, np.nan, G + eps)),
    },
    "G must average the squares of the gradient; you averaged the gradient, and took the root "
    "of its absolute value.": {
        "square": np.positive,
        "bottom": lambda G, eps: np.sqrt(np.abs(G) + eps),
    },
    "G must average the squares of the gradient; you averaged its absolute value.": {
        "square": np.abs
    },
    "G holds one number per weight; you used the squared length of the whole gradient.": {
        "square": lambda grad: np.sum(grad**2)
    },
    "G holds one number per weight; you averaged g² over the weights.": {
        "square": lambda grad: np.mean(grad**2)
    },
    "G holds one number per weight; you squared the mean gradient.": {
        "square": lambda grad: np.mean(grad) ** 2
    },
    "You doubled the gradient where you should square it.": {"square": lambda grad: 2 * grad},
    "You went uphill: subtract η·g / √(G + ε).": {"step": lambda eta, g, root: -eta * g / root},
    "η is missing: the step is η·g / √(G + ε).": {"step": lambda eta, g, root: g / root},
    "η counts once: the step is η·g / √(G + ε).": {"step": lambda eta, g, root: eta**2 * g / root},
    "g is missing above the line: the step is η·g / √(G + ε).": {
        "step": lambda eta, g, root: eta / root
    },
    "You squared g above the line too: the step is η·g / √(G + ε).": {
        "step": lambda eta, g, root: eta * g**2 / root
    },
    "You multiplied by √(G + ε); divide by it.": {"step": lambda eta, g, root: eta * g * root},
    "Only the sign of g is left above the line: the step is η·g / √(G + ε).": {
        "step": lambda eta, g, root: eta * np.sign(g) / root
    },
    "The order of the result is (w, G); yours is (G, w).": {"result": lambda w, G, eps: (G, w)},
    "G is forgotten: return the pair (w, G), or the next step has no memory.": {
        "result": lambda w, G, eps: w
    },
    "You returned G alone; return the pair (w, G).": {"result": lambda w, G, eps: G},
    f"ε belongs to the root alone, not to the G that you return: {RIGHT}.": {
        "result": lambda w, G, eps: (w, G + eps)
    },
    "You returned the root; return G itself.": {"result": lambda w, G, eps: (w, np.sqrt(G + eps))},
    "You returned the root of G; return G itself.": {"result": lambda w, G, eps: (w, np.sqrt(G))},
}
