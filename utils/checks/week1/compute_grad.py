"""Check of `compute_grad`: the mean of (p − y)·x, and factors that don't belong there."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_VECTOR, in_form, two_at_once
from ._wrong_gradients import COMMON, ROWS, gradient

compute_grad = new_check(__name__)


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def _quotient(z):
    return np.exp(z) / (1 + np.exp(z))


def _grad(X, y, w, predict=_sigmoid, **switches):
    return gradient(X, y, w, predict, 1, **switches)


OF_SIGMOIDS = [
    ("You used the logits where the probabilities belong.", {"predict": np.positive}),
    ("The factor 2 doesn't belong here.", {"times": 2}),
]

compute_grad.add_mistakes(_grad, ROWS)
compute_grad.add_mistakes(_grad, two_at_once([*COMMON, *OF_SIGMOIDS]))
compute_grad.add_mistakes(in_form(_grad), OF_A_VECTOR)
compute_grad.add_mistakes(
    _grad,
    {
        "You used the logits X @ w where the probabilities belong.": {"predict": np.positive},
        "The factor p·(1 − p) belongs to the squared error; with cross-entropy it cancels.": {
            "error": lambda p, y: (p - y) * p * (1 - p)
        },
        "You took the sigmoid's slope p·(1 − p) for the residual p − y.": {
            "error": lambda p, y: p * (1 - p)
        },
        "You subtracted y from the sigmoid's slope p·(1 − p); subtract it from p.": {
            "error": lambda p, y: p * (1 - p) - y
        },
        "The factor of 2 doesn't belong here: it comes from the squared error.": {"times": 2},
        "The ½ doesn't belong here: the gradient is the plain mean of (p − y)·x.": {"times": 0.5},
        "This is the gradient of the squared error of the probabilities; with cross-entropy the "
        "factor 2·p·(1 − p) isn't there.": {"error": lambda p, y: 2 * (p - y) * p * (1 - p)},
        "You rounded the probabilities to classes; subtract y from the probabilities themselves.": {
            "predict": lambda z: (z > 0).astype(float)
        },
        "e^z / (1 + e^z) is inf / inf = nan at a logit of 1000; your `probability` has no such "
        "trouble.": {"predict": _quotient},
        "Your sigmoid has the wrong sign, e^+z for e^−z: that gives P(y = 0).": {
            "predict": lambda z: _sigmoid(-z)
        },
        "You took the sigmoid twice: `probability` gives probabilities already.": {
            "predict": lambda z: _sigmoid(_sigmoid(z))
        },
        "You took the logarithm of p; the residual is p − y.": {
            "predict": lambda z: -np.logaddexp(0, -z)
        },
        "You took tanh for the sigmoid.": {"predict": np.tanh},
        "You multiplied by p besides: the gradient is the mean of (p − y)·x.": {
            "error": lambda p, y: (p - y) * p
        },
        "You multiplied by 1 − p besides: the gradient is the mean of (p − y)·x.": {
            "error": lambda p, y: (p - y) * (1 - p)
        },
        "You divided by p·(1 − p); with cross-entropy it cancels, and p − y is left.": {
            "error": lambda p, y: (p - y) / (p * (1 - p))
        },
        "You turned the labels into −1 and 1; here they stay 0 and 1.": {
            "error": lambda p, y: p - (2 * y - 1)
        },
        "Only the rows of class 1 count in your gradient; those of class 0 do too.": {
            "error": lambda p, y: y * (p - y)
        },
        "Only the rows of class 0 count in your gradient; those of class 1 do too.": {
            "error": lambda p, y: (1 - y) * (p - y)
        },
        "The residuals became classes minus labels with the wrong sign: use p − y.": {
            "error": lambda p, y: y - (p > 0.5)
        },
    },
)


@compute_grad.mistake(
    "The labels aren't multiplied by the features: (p − y) times x, so subtract before you "
    "multiply."
)
def labels_apart(X, y, w):
    return X.T @ _sigmoid(X @ w) / len(X) - np.mean(y)


@compute_grad.mistake(
    "The probabilities aren't multiplied by the features: (p − y) times x, so subtract before you "
    "multiply."
)
def probabilities_apart(X, y, w):
    return np.mean(_sigmoid(X @ w)) - X.T @ y / len(X)


@compute_grad.mistake("You returned the loss; its gradient has one number per weight.")
def loss_itself(X, y, w):
    return np.mean(np.logaddexp(0, X @ w) - y * (X @ w))


@compute_grad.mistake("You divided by the number of rows of class 1; the mean is over all rows.")
def by_labels(X, y, w):
    return X.T @ (_sigmoid(X @ w) - y) / max(y.sum(), 1)


@compute_grad.mistake("You scaled the gradient to length 1: its size counts too.")
def of_unit_length(X, y, w):
    grad = _grad(X, y, w)
    return grad / np.linalg.norm(grad)


@compute_grad.alternative
def by_columns(X, y, w):
    return np.mean((_sigmoid(X @ w) - y)[:, np.newaxis] * X, axis=0)


@compute_grad.alternative
def by_loop(X, y, w):
    grad = np.zeros(X.shape[1])
    for row, label in zip(X, y):
        grad += (_sigmoid(row @ w) - label) * row
    return grad / len(X)


@compute_grad.alternative
def by_einsum(X, y, w):
    return np.einsum("nf,n->f", X, _sigmoid(X @ w) - y) / X.shape[0]
