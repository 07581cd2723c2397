"""Check of `mse_grad`: 2 / n times Xᵀ·(X·w − y)."""

import numpy as np

from ..check import new_check

mse_grad = new_check(__name__)


@mse_grad.mistake("The 2 is missing: the derivative of r² is 2·r.")
def no_two(X, y, w):
    return X.T @ (X @ w - y) / len(X)


@mse_grad.mistake("You summed over the samples; the loss is a mean, so its gradient is one too.")
def mse_grad_summed(X, y, w):
    return 2 * X.T @ (X @ w - y)


@mse_grad.mistake("The sign is wrong: the residual is X @ w − y.")
def mse_grad_sign(X, y, w):
    return 2 * X.T @ (y - X @ w) / len(X)


@mse_grad.mistake("You divided by the number of features; the mean is over the samples.")
def by_features(X, y, w):
    return 2 * X.T @ (X @ w - y) / X.shape[1]


@mse_grad.alternative
def mse_grad_by_rows(X, y, w):
    return np.mean(2 * (X @ w - y)[:, None] * X, axis=0)


@mse_grad.alternative
def mse_grad_expanded(X, y, w):
    return (2 / len(y)) * (X.T @ X @ w - X.T @ y)
