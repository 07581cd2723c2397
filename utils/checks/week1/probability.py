"""Check of `probability`: the sigmoid of the logits, without overflow at ±1000."""

import numpy as np

from ..check import new_check

probability = new_check(__name__)


@probability.mistake("The sign is wrong: σ(z) = 1 / (1 + e^−z), which grows with z.")
def sign_flipped(X, w):
    return np.exp(-np.logaddexp(0, X @ w))


@probability.mistake("You returned the logits X @ w; put them through the sigmoid.")
def logits_only(X, w):
    return X @ w


@probability.mistake(
    "e^z / (1 + e^z) is inf / inf = nan at a logit of 1000. Use only e^−|z|, which never "
    "overflows, or `np.logaddexp`."
)
def overflows(X, w):
    exponential = np.exp(X @ w)
    return exponential / (1 + exponential)


@probability.mistake("You returned classes; return the probabilities themselves.")
def classes(X, w):
    return (X @ w > 0).astype(float)


@probability.mistake(
    "You used softmax over the samples; each row's probability is its own sigmoid."
)
def softmax_over_samples(X, w):
    logits = X @ w
    exponentials = np.exp(logits - (logits.max() if len(logits) else 0))
    return exponentials / exponentials.sum()


@probability.alternative
def plain_sigmoid(X, w):
    return 1 / (1 + np.exp(-np.dot(X, w)))


@probability.alternative
def by_tanh(X, w):
    return (np.tanh((X * w).sum(axis=1) / 2) + 1) / 2


@probability.alternative
def two_branches(X, w):
    logits = X @ w
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1, small) / (1 + small)
