"""Mistakes of `compute_loss` as a function of the logits, as rows of switches."""

import numpy as np


def softplus(z):
    return np.logaddexp(0, z)


def sigmoid(z):
    return np.exp(-softplus(-z))


def _of_label(z, y):
    return y * z


def loss_of_logits(X, y, w, plus=softplus, of_label=_of_label, reduce=np.mean, z_of=None):
    """Return the loss as mean of ln(1 + e^z) − y·z, with what is switched."""
    z = z_of(X, w) if z_of else X @ w
    return reduce(plus(z) - of_label(z, y))


EXCHANGED = (
    "The two classes are exchanged, or the logits have the wrong sign, which is the same. Class 1 "
    "costs −ln p and class 0 −ln(1 − p), so in logits ln(1 + e^z) − y·z."
)
OF_LOGITS = [
    ("You summed over the batch; the loss is a mean.", {"reduce": np.sum}),
    (
        "The sign is wrong: the loss is minus the mean log-likelihood, and never negative.",
        {"reduce": lambda losses: -np.mean(losses)},
    ),
    (
        "You summed, and the sign is wrong: the loss is minus the mean log-likelihood.",
        {"reduce": lambda losses: -np.sum(losses)},
    ),
    (
        "This is one loss for each sample: take their mean.",
        {"reduce": np.positive},
    ),
    (
        "This is the loss of each sample with the wrong sign: take minus their mean.",
        {"reduce": np.negative},
    ),
    ("You took the median; the loss is a mean.", {"reduce": np.median}),
    ("You took the largest loss; the mean is asked for.", {"reduce": np.max}),
    ("The ½ doesn't belong here: the loss is the plain mean.", {"reduce": lambda x: x.mean() / 2}),
    (
        "The 2 doesn't belong here: the loss is the plain mean.",
        {"reduce": lambda x: x.mean() * 2},
    ),
    (
        "You divided by n − 1; the mean divides by n.",
        {"reduce": lambda x: x.sum() / max(len(x) - 1, 1)},
    ),
    (
        "You divided by n twice: np.mean already does it.",
        {"reduce": lambda losses: np.mean(losses) / len(losses)},
    ),
    (
        "e^1000 overflows: log(1 + e^z) is `np.logaddexp(0, z)`.",
        {"plus": lambda z: np.log(1 + np.exp(z))},
    ),
    (
        "You used log2: the loss in nats takes the natural logarithm, `np.log`.",
        {"reduce": lambda losses: np.mean(losses) / np.log(2)},
    ),
    (
        "You used log10: the loss in nats takes the natural logarithm, `np.log`.",
        {"reduce": lambda losses: np.mean(losses) / np.log(10)},
    ),
    (
        "The sign in logaddexp is wrong: the loss of one sample is ln(1 + e^z) − y·z, and you took "
        "ln(1 + e^−z) − y·z.",
        {"plus": lambda z: softplus(-z)},
    ),
    (
        "The sign of y·z is wrong: the loss of one sample is ln(1 + e^z) − y·z.",
        {"of_label": lambda z, y: -y * z},
    ),
    (
        "The label is missing from y·z: you treat all samples as class 1. The loss of one is "
        "ln(1 + e^z) − y·z.",
        {"of_label": lambda z, y: z},
    ),
    (
        "The term − y·z is missing: you treat all samples as class 0. The loss of one is "
        "ln(1 + e^z) − y·z.",
        {"of_label": lambda z, y: 0 * z},
    ),
    (
        "You subtracted y alone; the loss of one sample is ln(1 + e^z) − y·z.",
        {"of_label": lambda z, y: y},
    ),
    (
        "You subtracted y·p; the loss of one sample is ln(1 + e^z) − y·z, with the logit z.",
        {"of_label": lambda z, y: y * sigmoid(z)},
    ),
    (EXCHANGED, {"of_label": lambda z, y: (1 - y) * z}),
    (
        "The term for class 0 is missing: a sample of class 0 costs −log(1 − p).",
        {"of_label": lambda z, y: softplus(z) - y * softplus(-z)},
    ),
    (
        "The term for class 1 is missing: a sample of class 1 costs −log p.",
        {"of_label": lambda z, y: y * softplus(z)},
    ),
    (
        "The logarithm is missing: you took 1 + e^z; the loss of one sample is ln(1 + e^z) − y·z.",
        {"plus": lambda z: 1 + np.exp(z)},
    ),
    (
        "logaddexp(1, z) is ln(e + e^z): the 1 of 1 + e^z is e^0, so the first argument is 0.",
        {"plus": lambda z: np.logaddexp(1, z)},
    ),
    (
        "The 1 is missing: ln(e^z) is z itself. The loss of one sample is ln(1 + e^z) − y·z.",
        {"plus": np.positive},
    ),
    (
        "You cut ln(1 + e^z) down to max(z, 0), which is only right far from zero: "
        "use np.logaddexp(0, z).",
        {"plus": lambda z: np.maximum(z, 0)},
    ),
    (
        "You took the sigmoid twice: the probabilities went where the logits X @ w belong.",
        {"z_of": lambda X, w: sigmoid(X @ w)},
    ),
    (
        "The labels or the logits became a column, so each of n logits met each of n labels: n·n "
        "losses. Keep both in shape (n_samples,).",
        {"of_label": lambda z, y: y[:, None] * z},
    ),
    (
        "The labels or the logits became a column, so each of n logits met each of n labels, and "
        "you summed n·n losses. Keep both in shape (n_samples,).",
        {"of_label": lambda z, y: y[:, None] * z, "reduce": lambda x: x.sum() / len(x)},
    ),
    (
        "This is the hinge loss; cross-entropy is ln(1 + e^z) − y·z.",
        {"plus": lambda z: 0, "of_label": lambda z, y: -np.maximum(0, 1 - (2 * y - 1) * z)},
    ),
    (
        "You took ln(1 + e^z) of the mean logit; take the mean of the losses.",
        {"z_of": lambda X, w: np.mean(X @ w)},
    ),
]
