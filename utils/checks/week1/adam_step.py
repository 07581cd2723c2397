"""Check of `adam_step`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

adam_step = new_check(__name__, points=2)


def _adam(w, m, v, grad, t, eta, beta1, beta2, eps, correct=True, root=True, inside=False):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * grad**2
    m_hat = m / (1 - beta1**t) if correct else m
    v_hat = v / (1 - beta2**t) if correct else v
    if not root:
        return w - eta * m_hat / (v_hat + eps), m, v
    bottom = np.sqrt(v_hat + eps) if inside else np.sqrt(v_hat) + eps
    return w - eta * m_hat / bottom, m, v


@adam_step.mistake("The correction of the bias is missing: divide m by 1 − β₁ᵗ and v by 1 − β₂ᵗ.")
def no_correction(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta1, beta2, eps, correct=False)


@adam_step.mistake("ε belongs outside the root here: √v̂ + ε.")
def adam_eps_inside(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta1, beta2, eps, inside=True)


@adam_step.mistake("The root is missing: divide by √v̂ + ε.")
def adam_no_root(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta1, beta2, eps, root=False)


@adam_step.mistake("You returned the corrected averages; the next step needs the plain m and v.")
def returns_corrected(w, m, v, grad, t, eta, beta1, beta2, eps):
    w, m, v = _adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


@adam_step.mistake("t counts from 1, so the exponent is t itself, not t + 1.")
def t_plus_one(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t + 1, eta, beta1, beta2, eps)


@adam_step.mistake("The power is missing: divide by 1 − βᵗ, not by 1 − β.")
def no_power(w, m, v, grad, t, eta, beta1, beta2, eps):
    new_w, m, v = _adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    return w - eta * (m / (1 - beta1)) / (np.sqrt(v / (1 - beta2)) + eps), m, v


@adam_step.mistake("β₁ and β₂ are swapped: β₁ goes with m, β₂ with v.")
def betas_swapped(w, m, v, grad, t, eta, beta1, beta2, eps):
    return _adam(w, m, v, grad, t, eta, beta2, beta1, eps)


@adam_step.mistake("v must average the squares of the gradient; you averaged its size.")
def adam_not_squared(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad
    v = beta2 * v + (1 - beta2) * np.abs(grad)
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - eta * m_hat / (np.sqrt(v_hat) + eps), m, v


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
