"""Check of `compute_grad`: the mean of (p − y)·x, and factors that don't belong there."""

import numpy as np

from ..check import new_check

compute_grad = new_check(__name__)


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


@compute_grad.mistake("You summed over the batch; the loss is a mean, so its gradient is one too.")
def grad_summed(X, y, w):
    return X.T @ (_sigmoid(X @ w) - y)


@compute_grad.mistake("The sign is wrong: the gradient holds p − y, not y − p.")
def grad_sign(X, y, w):
    return X.T @ (y - _sigmoid(X @ w)) / len(X)


@compute_grad.mistake("You used the logits X @ w where the probabilities belong.")
def grad_of_logits(X, y, w):
    return X.T @ (X @ w - y) / len(X)


@compute_grad.mistake(
    "The factor p·(1 − p) belongs to the squared error; with cross-entropy it cancels."
)
def extra_factor(X, y, w):
    p = _sigmoid(X @ w)
    return X.T @ ((p - y) * p * (1 - p)) / len(X)


@compute_grad.mistake("The factor of 2 doesn't belong here: it comes from the squared error.")
def grad_doubled(X, y, w):
    return 2 * X.T @ (_sigmoid(X @ w) - y) / len(X)


@compute_grad.mistake("You averaged over the features too: the gradient has one number per weight.")
def grad_mean_of_all(X, y, w):
    return np.mean(X * (_sigmoid(X @ w) - y)[:, None])


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
