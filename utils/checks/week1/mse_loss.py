"""Check of `mse_loss`: the plain mean of the squares, and what is often taken for it."""

import numpy as np

from ..check import new_check

mse_loss = new_check(__name__)


@mse_loss.mistake("You summed over the samples; the loss is a mean.")
def mse_summed(X, y, w):
    return np.sum((X @ w - y) ** 2)


@mse_loss.mistake("The factor of ½ doesn't belong here: this is the plain mean.")
def mse_halved(X, y, w):
    return 0.5 * np.mean((X @ w - y) ** 2)


@mse_loss.mistake("This is the root mean squared error (RMSE): leave out the root.")
def rmse(X, y, w):
    return np.sqrt(np.mean((X @ w - y) ** 2))


@mse_loss.mistake("This is the mean absolute error: square the residuals.")
def mae(X, y, w):
    return np.mean(np.abs(X @ w - y))


@mse_loss.mistake("You squared the mean of the residuals; take the mean of their squares.")
def square_of_mean(X, y, w):
    return np.mean(X @ w - y) ** 2


@mse_loss.alternative
def by_dot(X, y, w):
    residuals = y - X.dot(w)
    return residuals @ residuals / len(y)


@mse_loss.alternative
def by_average(X, y, w):
    return float(np.average(np.square((X * w).sum(axis=1) - y)))
