"""Check of `mse_grad`: 2 / n times Xᵀ·(X·w − y)."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_VECTOR, in_form, two_at_once
from ._wrong_gradients import COMMON, ROWS, gradient

mse_grad = new_check(__name__)


def _grad(X, y, w, predict=np.positive, **switches):
    return gradient(X, y, w, predict, 2, **switches)


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


COMMON_TOO = [
    *COMMON,
    ("The 2 is missing.", {"times": 0.5}),
    ("No sigmoid belongs to a regression.", {"predict": _sigmoid}),
]

mse_grad.add_mistakes(_grad, ROWS)
mse_grad.add_mistakes(_grad, two_at_once(COMMON_TOO))
mse_grad.add_mistakes(in_form(_grad), OF_A_VECTOR)
mse_grad.add_mistakes(
    _grad,
    {
        "The 2 is missing: the derivative of r² is 2·r.": {"times": 0.5},
        "The 2 is there twice: the derivative of r² is 2·r.": {"times": 2},
        "The 2 belongs above the line: 2 / n times Xᵀ·(X·w − y), and you divided by 2·n.": {
            "times": 0.25
        },
        "The predictions of a regression are X @ w itself: no sigmoid, no `probability`.": {
            "predict": _sigmoid
        },
        "You squared the residuals; their derivative is 2·(X @ w − y).": {
            "error": lambda p, y: (p - y) ** 2 / 2
        },
        "This is the gradient of the mean absolute error; that of squares holds 2·(X @ w − y).": {
            "error": lambda p, y: np.sign(p - y) / 2
        },
        "The 2 is missing, and the features aren't multiplied in: 2·(X @ w − y) times x.": {
            "times": 0.5,
            "combine": lambda X, error: np.full(X.shape[1], error.sum()),
        },
    },
)


@mse_grad.mistake(
    "The targets aren't multiplied by the features: residual times x, so subtract before you "
    "multiply."
)
def targets_apart(X, y, w):
    return 2 * (X.T @ (X @ w) / len(X) - np.mean(y))


@mse_grad.mistake("Only the part of y is divided by n: the mean is over the whole.")
def first_part_summed(X, y, w):
    return 2 * X.T @ X @ w - 2 * X.T @ y / len(X)


@mse_grad.mistake("Only the part of X @ w is divided by n: the mean is over the whole.")
def second_part_summed(X, y, w):
    return 2 * X.T @ X @ w / len(X) - 2 * X.T @ y


@mse_grad.mistake("X * w isn't summed, so each feature predicts alone: the prediction is X @ w.")
def predicts_alone(X, y, w):
    return 2 * np.mean(X * (X * w - y[:, None]), axis=0)


@mse_grad.mistake("You returned the loss; its gradient has one number per weight.")
def loss_itself(X, y, w):
    return np.mean((X @ w - y) ** 2)


@mse_grad.mistake("This is the gradient of the root of the loss; leave out the root.")
def of_the_root(X, y, w):
    return _grad(X, y, w) / (2 * np.sqrt(np.mean((X @ w - y) ** 2)))


@mse_grad.mistake("You multiplied by the loss; the chain rule brings the residual of each row.")
def times_the_loss(X, y, w):
    return 2 * np.mean((X @ w - y) ** 2) * X.mean(axis=0)


@mse_grad.mistake("You scaled the gradient to length 1: its size counts too.")
def of_unit_length(X, y, w):
    grad = _grad(X, y, w)
    return grad / np.linalg.norm(grad)


@mse_grad.alternative
def mse_grad_by_rows(X, y, w):
    return np.mean(2 * (X @ w - y)[:, None] * X, axis=0)


@mse_grad.alternative
def mse_grad_expanded(X, y, w):
    return (2 / len(y)) * (X.T @ X @ w - X.T @ y)
