"""Mistakes of `softmax_cross_entropy` in the loss or the gradient, as rows of switches."""

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

from ._cross_entropy import picked
from ._wrong_entropies import NATS, _entropy, _not_divided


def _finished(logits, labels, loss=None, grad=None, order=(0, 1)):
    """Return a loss or gradient of another kind. loss, grad: functions of (logits, labels)."""
    results = _entropy(logits, labels)
    found = [of(logits, labels) if of else right for of, right in zip((loss, grad), results)]
    return tuple(found[i] for i in order) if len(order) > 1 else found[order[0]]


def _one_hot(logits, labels):
    return np.eye(logits.shape[1])[labels]


def _without_largest(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - picked(logits, labels))


def _whole_columns(logits, labels):
    grad = softmax(logits, axis=1)
    grad[:, labels] -= 1
    return grad / len(labels)


def _losses(logits, labels):
    return -picked(log_softmax(logits, axis=1), labels)


COLUMNS = (
    "`array[:, labels]` picks whole columns; pick one entry of each row: index rows and columns "
    "together, `array[rows, labels]`."
)
NO_LOSS_OF_P = (
    "The loss has no logarithm: it is −ln of the label's probability, not the probability itself."
)

PARTS = [
    (COLUMNS, {"loss": lambda z, y: -log_softmax(z, axis=1)[:, y].mean()}),
    (COLUMNS, {"loss": lambda z, y: -log_softmax(z, axis=1)[:, y].sum() / len(y)}),
    (COLUMNS, {"grad": _whole_columns}),
    (
        COLUMNS,
        {"loss": lambda z, y: -log_softmax(z, axis=1)[:, y].mean(), "grad": _whole_columns},
    ),
    ("The order of the results is (loss, gradient).", {"order": (1, 0)}),
    ("The gradient is missing: return both, (loss, gradient).", {"order": (0,)}),
    ("You returned one loss per sample; return their mean.", {"loss": _losses}),
    (NATS, {"loss": lambda z, y: _losses(z, y).mean() / np.log(2)}),
    (NATS, {"loss": lambda z, y: _losses(z, y).mean() / np.log(10)}),
    (
        "You subtracted the largest logit in the sum of exponentials only: subtract it from "
        "the label's logit too, or add it to the logarithm.",
        {"loss": _without_largest},
    ),
    (NO_LOSS_OF_P, {"loss": lambda z, y: -picked(softmax(z, axis=1), y).mean()}),
    (NO_LOSS_OF_P, {"loss": lambda z, y: 1 - picked(softmax(z, axis=1), y).mean()}),
    (
        "The loss lacks −z of the label: it is ln Σ eᶻ − z at the label.",
        {"loss": lambda z, y: logsumexp(z, axis=1).mean()},
    ),
    (
        "The loss lacks the logarithm of the sum: it is ln Σ eᶻ − z at the label.",
        {"loss": lambda z, y: -picked(z, y).mean()},
    ),
    (
        "Only the 1 is divided by the batch size: divide the whole of p − one-hot by it.",
        {"grad": lambda z, y: softmax(z, axis=1) - _one_hot(z, y) / len(y)},
    ),
    (
        "Only p is divided by the batch size: divide the whole of p − one-hot by it.",
        {"grad": lambda z, y: softmax(z, axis=1) / len(y) - _one_hot(z, y)},
    ),
    (
        "The softmax of the gradient isn't divided by its sum: p is eᶻ / Σ eᶻ.",
        {"grad": lambda z, y: (_not_divided(z, 1) - _one_hot(z, y)) / len(y)},
    ),
    (
        "The gradient holds logarithms: it is p − one-hot, with the probabilities themselves.",
        {"grad": lambda z, y: (log_softmax(z, axis=1) - _one_hot(z, y)) / len(y)},
    ),
    (
        "The gradient holds logits: it is p − one-hot, with the softmax of the logits.",
        {"grad": lambda z, y: (z - _one_hot(z, y)) / len(y)},
    ),
    (
        "That is the gradient with respect to p; one with respect to the logits is asked for: "
        "p − one-hot, over n.",
        {"grad": lambda z, y: -_one_hot(z, y) / softmax(z, axis=1) / len(y)},
    ),
    (
        "You averaged the gradient over the batch; each row of logits has its own.",
        {"grad": lambda z, y: _entropy(z, y)[1].sum(axis=0)},
    ),
    (
        "You took p · (1 − p), the slope of a sigmoid; the gradient is p − one-hot, over n.",
        {"grad": lambda z, y: softmax(z, axis=1) * (1 - softmax(z, axis=1)) / len(y)},
    ),
]
