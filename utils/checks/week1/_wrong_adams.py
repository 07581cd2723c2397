"""Mistakes of `adam_step`, as rows of switches."""

import numpy as np


def _share(beta, t):
    """Return how much of an average comes from gradients, and not from its start at 0."""
    return 1 - beta**t


def _root(v, eps):
    return np.sqrt(v) + eps


def _shares(beta):
    return beta, 1 - beta


def _hats(m, v, first, second):
    return m / first, v / second


def _step(eta, m_hat, root, grad):
    return eta * m_hat / root


def _all(w, m, v, *hats):
    return w, m, v


def adam(
    w, m, v, grad, t, eta, beta1, beta2, eps,
    square=np.square, share=_share, root=_root, of_m=_shares, of_v=_shares, hats=_hats,
    step=_step, result=_all,
):  # fmt: skip
    """Return the new (w, m, v), with what is switched."""
    old, new = of_m(beta1)
    m = old * m + new * grad
    old, new = of_v(beta2)
    v = old * v + new * (m**2 if square is _of_m else square(grad))
    m_hat, v_hat = hats(m, v, share(beta1, t), share(beta2, t))
    return result(w - step(eta, m_hat, root(v_hat, eps), grad), m, v, m_hat, v_hat)


def _of_m(grad):
    """Stands for the square of m in place of the gradient's."""


def _sum(beta):
    return beta, 1


def _swapped(beta):
    return 1 - beta, beta


def _unfaded(beta):
    return 1, 1 - beta


CORRECT = "divide each average by the share of it that comes from gradients, not from its start"
STEP = "the step is η·m̂ / (√v̂ + ε)"
COMMON = {
    f"The bias correction is missing: {CORRECT}.": {"share": lambda beta, t: 1},
    "The power is missing in 1 − βᵗ.": {"share": lambda beta, t: 1 - beta},
    "ε belongs outside the root: √v̂ + ε.": {"root": lambda v, eps: np.sqrt(v + eps)},
    "The root is missing: √v̂ + ε.": {"root": np.add},
    "ε is forgotten: √v̂ + ε.": {"root": lambda v, eps: np.sqrt(v)},
    "The gradient isn't squared in v.": {"square": np.positive},
    "The factor (1 − β₁) is missing in m.": {"of_m": _sum},
    "Only w came back; (w, m, v) is due.": {"result": lambda w, m, v, *hats: w},
}
LACKING = "The result is (w, m, v), three arrays; yours lacks "
ROWS = {
    LACKING + "v.": {"result": lambda w, m, v, *hats: (w, m)},
    LACKING + "m.": {"result": lambda w, m, v, *hats: (w, v)},
    LACKING + "w.": {"result": lambda w, m, v, *hats: (m, v)},
    f"The bias correction is missing: {CORRECT}.": {"share": lambda beta, t: 1},
    f"v isn't corrected, only m: {CORRECT}.": {"hats": lambda m, v, first, second: (m / first, v)},
    f"m isn't corrected, only v: {CORRECT}.": {"hats": lambda m, v, first, second: (m, v / second)},
    "You corrected v with β₁; its own is β₂.": {
        "hats": lambda m, v, first, second: (m / first, v / first)
    },
    "You corrected m with β₂; its own is β₁.": {
        "hats": lambda m, v, first, second: (m / second, v / second)
    },
    "You corrected m with β₂ and v with β₁: each has its own β.": {
        "hats": lambda m, v, first, second: (m / second, v / first)
    },
    f"You multiplied where you should divide: {CORRECT}.": {
        "hats": lambda m, v, first, second: (m * first, v * second)
    },
    "You took the root of v's share besides: correct v first; the root comes after.": {
        "hats": lambda m, v, first, second: (m / first, v / np.sqrt(second))
    },
    "t counts from 1, so the exponent is t itself, not t + 1.": {
        "share": lambda beta, t: 1 - beta ** (t + 1)
    },
    "The exponent is t itself, not t − 1, which gives 0 at the first step.": {
        "share": lambda beta, t: np.float64(1 - beta ** (t - 1))
    },
    "The power is missing: divide by 1 − βᵗ, not by 1 − β.": {"share": lambda beta, t: 1 - beta},
    "βᵗ is a power, beta**t; you multiplied β by t, and took the root of |v̂|.": {
        "share": lambda beta, t: 1 - beta * t,
        "root": lambda v, eps: np.sqrt(np.abs(v)) + eps,
    },
    "βᵗ is a power, beta**t; you multiplied β by t.": {"share": lambda beta, t: 1 - beta * t},
    "You divided by βᵗ; divide by 1 − βᵗ.": {"share": lambda beta, t: beta**t},
    "The sign is wrong: divide by 1 − βᵗ, not 1 + βᵗ.": {"share": lambda beta, t: 1 + beta**t},
    "You raised 1 − β to the power t; it is 1 − βᵗ.": {"share": lambda beta, t: (1 - beta) ** t},
    "You divided by t; the correction divides by 1 − βᵗ.": {"share": lambda beta, t: t},
    "ε belongs outside the root here: √v̂ + ε.": {"root": lambda v, eps: np.sqrt(v + eps)},
    "ε is forgotten: √v̂ + ε, or a gradient of zero gives 0 / 0.": {
        "root": lambda v, eps: np.sqrt(v)
    },
    "ε stands inside the root and outside; outside is enough: √v̂ + ε.": {
        "root": lambda v, eps: np.sqrt(v + eps) + eps
    },
    "You squared ε inside the root: √v̂ + ε.": {"root": lambda v, eps: np.sqrt(v + eps**2)},
    "The root is missing: divide by √v̂ + ε.": {"root": np.add},
    f"You don't divide by the root: {STEP}.": {"root": lambda v, eps: 1},
    "You took the mean of v̂ over the weights; each has its own root.": {
        "root": lambda v, eps: np.sqrt(np.mean(v)) + eps
    },
    "v must average the squares of the gradient; you averaged its absolute value.": {
        "square": np.abs
    },
    "v must average the squares of the gradient; you averaged the gradient itself.": {
        "square": np.positive
    },
    "v must average the squares of the gradient; you averaged those of m.": {"square": _of_m},
    "v holds one number per weight; you used the squared length of the whole gradient.": {
        "square": lambda grad: np.sum(grad**2)
    },
    "v holds one number per weight; you averaged g² over the weights.": {
        "square": lambda grad: np.mean(grad**2)
    },
    "The factor (1 − β₁) is missing before g in m.": {"of_m": _sum},
    "The factor (1 − β₂) is missing before g² in v.": {"of_v": _sum},
    "The factors (1 − β₁) before g and (1 − β₂) before g² are missing.": {
        "of_m": _sum,
        "of_v": _sum,
    },
    "β₁ and 1 − β₁ are swapped in m: the old m keeps the share β₁.": {"of_m": _swapped},
    "β₂ and 1 − β₂ are swapped in v: the old v keeps the share β₂.": {"of_v": _swapped},
    "β and 1 − β are swapped: the old averages keep the share β.": {
        "of_m": _swapped,
        "of_v": _swapped,
    },
    "β₁ is missing before the old m.": {"of_m": _unfaded},
    "β₂ is missing before the old v.": {"of_v": _unfaded},
    "The old m is missing: m ← β₁·m + (1 − β₁)·g.": {"of_m": lambda beta: (0, 1 - beta)},
    "The old v is missing: v ← β₂·v + (1 − β₂)·g².": {"of_v": lambda beta: (0, 1 - beta)},
    "v sums up as in Adagrad; here it averages: v ← β₂·v + (1 − β₂)·g².": {
        "of_v": lambda beta: (1, 1)
    },
    f"w moved by the gradient, not by its average: {STEP}.": {
        "step": lambda eta, m_hat, root, grad: eta * grad / root
    },
    f"You went uphill: {STEP}, and it is subtracted.": {
        "step": lambda eta, m_hat, root, grad: -eta * m_hat / root
    },
    f"η is missing: {STEP}.": {"step": lambda eta, m_hat, root, grad: m_hat / root},
    f"You multiplied by the root; divide by it: {STEP}.": {
        "step": lambda eta, m_hat, root, grad: eta * m_hat * root
    },
    f"The gradient is multiplied in once more: {STEP}.": {
        "step": lambda eta, m_hat, root, grad: eta * m_hat * grad / root
    },
    f"m̂ is missing above the line: {STEP}.": {"step": lambda eta, m_hat, root, grad: eta / root},
    "You returned the corrected averages; the next step needs the plain m and v.": {
        "result": lambda w, m, v, m_hat, v_hat: (w, m_hat, v_hat)
    },
    "You returned the corrected m; the next step needs the plain one.": {
        "result": lambda w, m, v, m_hat, v_hat: (w, m_hat, v)
    },
    "You returned the corrected v; the next step needs the plain one.": {
        "result": lambda w, m, v, m_hat, v_hat: (w, m, v_hat)
    },
    "The order of the result is (w, m, v); yours is (w, v, m).": {
        "result": lambda w, m, v, *hats: (w, v, m)
    },
    "The order of the result is (w, m, v); yours is (m, v, w).": {
        "result": lambda w, m, v, *hats: (m, v, w)
    },
    "m and v are forgotten: return (w, m, v), or the next step has no memory.": {
        "result": lambda w, m, v, *hats: w
    },
}
