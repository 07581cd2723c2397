"""Mistakes of `compute_loss` as a function of the probabilities, as rows of switches."""

import numpy as np

from ._wrong_losses import EXCHANGED, sigmoid


def _both(p, y, q, log):
    return -(y * log(p) + (1 - y) * log(q))


def loss_of_probabilities(
    X, y, w, clip=0.0, add=0.0, to_probability=sigmoid, losses=_both, reduce=np.mean, log=np.log
):
    """Return the loss as mean of −y·ln p − (1 − y)·ln(1 − p), with what is switched."""
    p = np.clip(to_probability(X @ w), clip, 1 - clip)
    return reduce(losses(p + add, y, 1 - p + add, log))


def _quotient(z):
    return np.exp(z) / (1 + np.exp(z))


HIDDEN = (
    "np.nan_to_num hides that you took the logarithm of 0: −inf became a huge number, or nan 0. "
    "Write the loss with the logits: np.logaddexp(0, z) − y·z."
)
LEFT_OUT = (
    "You put 0 for a logarithm that is infinite, or a loss that is inf or nan: it is 1000 at a "
    "logit of 1000. Use the logits."
)
OF_PROBABILITIES = [
    (
        "log(0) is −inf (and log(e^1000) is inf), and 0 times that is nan, where p is exactly 0 or "
        "1. Write the loss with the logits: log(1 + e^z) − y·z, and `np.logaddexp(0, z)` for the "
        "log.",
        {},
    ),
    (
        "e^z / (1 + e^z) is nan at a logit of 1000. Write the loss with the logits: "
        "np.logaddexp(0, z) − y·z.",
        {"to_probability": _quotient},
    ),
    (HIDDEN, {"reduce": lambda losses: np.nan_to_num(np.mean(losses))}),
    (HIDDEN, {"reduce": lambda losses: np.mean(np.nan_to_num(losses))}),
    (HIDDEN, {"log": lambda p: np.nan_to_num(np.log(p))}),
    (LEFT_OUT, {"reduce": lambda losses: np.mean(np.where(np.isfinite(losses), losses, 0))}),
    (
        LEFT_OUT,
        {"log": lambda p: np.log(p, where=p > 0, out=np.zeros_like(p))},
    ),
    (
        "Only the term for class 1 is there, −y·log p, and where p is 0 its logarithm is −inf. A "
        "sample of class 0 costs −log(1 − p); use the logits.",
        {"losses": lambda p, y, q, log: -y * log(p)},
    ),
    (EXCHANGED, {"losses": lambda p, y, q, log: _both(q, y, p, log)}),
    (
        "The second term has the wrong sign: both are subtracted, −y·ln p − (1 − y)·ln(1 − p).",
        {"losses": lambda p, y, q, log: -y * log(p) + (1 - y) * log(q)},
    ),
    (
        "The factor 1 − y is missing before ln(1 − p).",
        {"losses": lambda p, y, q, log: -(y * log(p) + log(q))},
    ),
    (
        "The factor y is missing before ln p.",
        {"losses": lambda p, y, q, log: -(log(p) + (1 - y) * log(q))},
    ),
    (
        "The factors y and 1 − y are exchanged for p and 1 − p: this is the entropy of p.",
        {"losses": lambda p, y, q, log: -(p * log(p) + q * log(q))},
    ),
    (
        "You took ln p in both terms; class 0 costs −ln(1 − p).",
        {"losses": lambda p, y, q, log: -log(p)},
    ),
    (
        "The logarithm is missing: a sample costs −ln of the probability of its class.",
        {"losses": lambda p, y, q, log: _both(p, y, q, np.positive)},
    ),
    (
        "The logarithm is missing: this is the mean of one minus the probability of the class.",
        {"losses": lambda p, y, q, log: np.abs(p - y)},
    ),
    (
        "This is the squared error; cross-entropy is −y·log p − (1 − y)·log(1 − p).",
        {"losses": lambda p, y, q, log: (p - y) ** 2},
    ),
    (
        "This is the share of wrong classes; cross-entropy is −y·log p − (1 − y)·log(1 − p).",
        {"losses": lambda p, y, q, log: (p > 0.5) != y},
    ),
    (
        "You took the logarithm of the mean probability; take the mean of the logarithms.",
        {"losses": lambda p, y, q, log: y * p + (1 - y) * q, "reduce": lambda x: -np.log(x.mean())},
    ),
    (
        "This is focal loss, with the factor (1 − q)²; cross-entropy is −ln q alone.",
        {"losses": lambda p, y, q, log: (y * q + (1 - y) * p) ** 2 * _both(p, y, q, log)},
    ),
]
