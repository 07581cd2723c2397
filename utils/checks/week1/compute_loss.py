"""Check of `compute_loss`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

compute_loss = new_check(__name__)


@compute_loss.mistake("You summed over the batch; the loss is a mean.")
def loss_summed(X, y, w):
    return np.sum(np.logaddexp(0, X @ w) - y * (X @ w))


@compute_loss.mistake(
    "The sign is wrong: the loss is minus the mean log-likelihood, and never negative."
)
def loss_negative(X, y, w):
    return -np.mean(np.logaddexp(0, X @ w) - y * (X @ w))


@compute_loss.mistake("The term of class 0 is missing: a sample of class 0 costs −log(1 − p).")
def only_class_one(X, y, w):
    return np.mean(y * np.logaddexp(0, -(X @ w)))


@compute_loss.mistake(
    "log(0) is −inf, and 0 · −inf is nan, where p is exactly 0 or 1. Write the loss "
    "with the logits: log(1 + e^z) − y·z, and `np.logaddexp(0, z)` for the log."
)
def log_of_zero(X, y, w):
    p = np.exp(-np.logaddexp(0, -(X @ w)))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@compute_loss.mistake("e^1000 overflows: log(1 + e^z) is `np.logaddexp(0, z)`.")
def exp_overflows(X, y, w):
    return np.mean(np.log(1 + np.exp(X @ w)) - y * (X @ w))


CLIPPED = (
    "You kept the logarithm away from zero by a small number, so a confident wrong answer costs "
    "too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
)


def _cross_entropy(y, p, q):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(q))


def _clip(small):
    def clipped(X, y, w):
        p = np.clip(np.exp(-np.logaddexp(0, -(X @ w))), small, 1 - small)
        return _cross_entropy(y, p, 1 - p)

    return compute_loss.mistake(CLIPPED)(clipped)


def _add(small):
    def small_number_added(X, y, w):
        p = np.exp(-np.logaddexp(0, -(X @ w)))
        return _cross_entropy(y, p + small, 1 - p + small)

    return compute_loss.mistake(CLIPPED)(small_number_added)


for exponent in (5, 6, 7, 8, 9, 10, 12, 15, 16):
    _clip(10.0**-exponent)
    _add(10.0**-exponent)


@compute_loss.mistake("This is the squared error; cross-entropy is −y·log p − (1 − y)·log(1 − p).")
def squared_error(X, y, w):
    return np.mean((np.exp(-np.logaddexp(0, -(X @ w))) - y) ** 2)


@compute_loss.mistake("You used log2: the loss in nats takes the natural logarithm, `np.log`.")
def in_bits(X, y, w):
    return np.mean(np.logaddexp(0, X @ w) - y * (X @ w)) / np.log(2)


@compute_loss.alternative
def by_margins(X, y, w):
    return float(np.logaddexp(0, (1 - 2 * y) * X.dot(w)).mean())


@compute_loss.alternative
def by_log1p(X, y, w):
    z = X @ w
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum() / X.shape[0]
