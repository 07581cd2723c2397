"""Check of `adam_step`: the bias correction, ε outside the root, and which m and v go back."""

import numpy as np

from ..check import new_check
from ._rows import two_at_once
from ._wrong_adams import COMMON, ROWS, adam

adam_step = new_check(__name__, points=2)

adam_step.add_mistakes(adam, ROWS)
adam_step.add_mistakes(adam, two_at_once(COMMON))


@adam_step.mistake("m and v moved after w: update both first, then use them.")
def old_averages(w, m, v, grad, t, eta, beta1, beta2, eps):
    step = eta * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return (w - step, *adam(w, m, v, grad, t, eta, beta1, beta2, eps)[1:])


@adam_step.mistake("You corrected the gradient before the averages; correct m and v after them.")
def corrected_before(w, m, v, grad, t, eta, beta1, beta2, eps):
    m = beta1 * m + (1 - beta1) * grad / (1 - beta1**t)
    v = beta2 * v + (1 - beta2) * grad**2 / (1 - beta2**t)
    return w - eta * m / (np.sqrt(v) + eps), m, v


@adam_step.mistake("ε is added to w, for lack of brackets: w − η·m̂ / (√v̂ + ε).")
def eps_added_to_w(w, m, v, grad, t, eta, beta1, beta2, eps):
    w, m, v = adam(w, m, v, grad, t, eta, beta1, beta2, 0)
    return w + eps, m, v


@adam_step.mistake("w shrinks by η too, a weight decay; the step is η·m̂ / (√v̂ + ε) alone.")
def with_decay(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam((1 - eta) * w, m, v, grad, t, eta, beta1, beta2, eps)


@adam_step.mistake("You wrote 1e-8 for the parameter eps.")
def eps_fixed(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(w, m, v, grad, t, eta, beta1, beta2, 1e-8)


@adam_step.mistake("You wrote 0.9 and 0.999 for the parameters beta1 and beta2.")
def betas_fixed(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(w, m, v, grad, t, eta, 0.9, 0.999, eps)


@adam_step.mistake("You returned the old m and v: the next step needs the new ones.")
def returns_old(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(w, m, v, grad, t, eta, beta1, beta2, eps)[0], m, v


@adam_step.mistake("You returned the step instead of the new weights, w minus it.")
def step_only(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(0 * w, m, v, grad, t, eta, beta1, beta2, eps)


@adam_step.mistake(
    "You returned v as what is larger, the old or the new, as AMSGrad does; plain Adam returns the "
    "new average."
)
def amsgrad(w, m, v, grad, t, eta, beta1, beta2, eps):
    _, m, new = adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    v = np.maximum(v, new)
    return w - eta * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake(
    "ε is added to the root of the uncorrected v, as Keras has it; here v is corrected first: "
    "√v̂ + ε."
)
def eps_before_the_correction(w, m, v, grad, t, eta, beta1, beta2, eps):
    _, m, v = adam(w, m, v, grad, t, eta, beta1, beta2, eps)
    rate = eta * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps), m, v


@adam_step.mistake("β₁ and β₂ are swapped: β₁ goes with m, β₂ with v.")
def betas_swapped(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(w, m, v, grad, t, eta, beta2, beta1, eps)


@adam_step.mistake("β₁ goes with m alone; v has its own, β₂.")
def beta1_for_both(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(w, m, v, grad, t, eta, beta1, beta1, eps)


@adam_step.mistake("β₂ goes with v alone; m has its own, β₁.")
def beta2_for_both(w, m, v, grad, t, eta, beta1, beta2, eps):
    return adam(w, m, v, grad, t, eta, beta2, beta2, eps)


@adam_step.mistake(
    "You changed the caller's m and v in place, by `m *= …` or `m[:] = …` (which cuts fractions "
    "off, or fails, where they hold integers): make new arrays."
)
def in_place(w, m, v, grad, t, eta, beta1, beta2, eps):
    m[:] = beta1 * m + (1 - beta1) * grad
    v[:] = beta2 * v + (1 - beta2) * grad**2
    return w - eta * m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake(
    "An array made like an input (copy, zeros_like, empty_like) holds integers where that does, so "
    "fractions are cut off: let the formulas make new ones."
)
def into_arrays_like_them(w, m, v, grad, t, eta, beta1, beta2, eps):
    new = [item.astype(w.dtype) for item in adam(w, m, v, grad, t, eta, beta1, beta2, eps)]
    step = new[1] / (1 - beta1**t) / (np.sqrt(new[2] / (1 - beta2**t)) + eps)
    return (w - eta * step).astype(w.dtype), *new[1:]


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
