"""Check of `compute_loss`: the mean cross-entropy, exact where a logit is 1000."""

import numpy as np

from ..check import new_check

compute_loss = new_check(__name__)

CLIPPED = (
    "You kept the logarithm away from zero by a small number, so a confident wrong answer costs "
    "too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
)


def _softplus(z):
    return np.logaddexp(0, z)


def _sigmoid(z):
    return np.exp(-_softplus(-z))


def _loss(X, y, w, softplus=_softplus, reduce=np.mean):
    return reduce(softplus(X @ w) - y * (X @ w))


def _loss_of_probabilities(X, y, w, clip=0.0, add=0.0):
    p = np.clip(_sigmoid(X @ w), clip, 1 - clip)
    return -np.mean(y * np.log(p + add) + (1 - y) * np.log(1 - p + add))


compute_loss.add_mistakes(
    _loss,
    {
        "You summed over the batch; the loss is a mean.": {"reduce": np.sum},
        "The sign is wrong: the loss is minus the mean log-likelihood, and never negative.": {
            "reduce": lambda losses: -np.mean(losses)
        },
        "e^1000 overflows: log(1 + e^z) is `np.logaddexp(0, z)`.": {
            "softplus": lambda z: np.log(1 + np.exp(z))
        },
        "You used log2: the loss in nats takes the natural logarithm, `np.log`.": {
            "reduce": lambda losses: np.mean(losses) / np.log(2)
        },
    },
)
compute_loss.add_mistakes(
    _loss_of_probabilities,
    [
        (
            "log(0) is −inf, and 0 · −inf is nan, where p is exactly 0 or 1. Write the loss "
            "with the logits: log(1 + e^z) − y·z, and `np.logaddexp(0, z)` for the log.",
            {},
        ),
        *[
            (CLIPPED, {switch: 10.0**-exponent})
            for exponent in (5, 6, 7, 8, 9, 10, 12, 15, 16)
            for switch in ("clip", "add")
        ],
    ],
)


@compute_loss.mistake("The term for class 0 is missing: a sample of class 0 costs −log(1 − p).")
def only_class_one(X, y, w):
    return np.mean(y * _softplus(-(X @ w)))


@compute_loss.mistake("This is the squared error; cross-entropy is −y·log p − (1 − y)·log(1 − p).")
def squared_error(X, y, w):
    return np.mean((_sigmoid(X @ w) - y) ** 2)


@compute_loss.alternative
def by_margins(X, y, w):
    return float(np.logaddexp(0, (1 - 2 * y) * X.dot(w)).mean())


@compute_loss.alternative
def by_log1p(X, y, w):
    z = X @ w
    return (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum() / X.shape[0]
