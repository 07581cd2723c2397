"""Mistakes of `softmax_cross_entropy`, as rows of switches."""

import numpy as np
from scipy.special import log_softmax, softmax

from ._cross_entropy import picked


def _entropy(
    logits,
    labels,
    axis=1,
    softmax=softmax,
    small=None,
    log=np.log,
    pull=1,
    loss_by=len,
    grad_by=len,
    pick=picked,
):
    """Return loss and gradient.

    small: what is added to the probabilities before their logarithm, or a pair to keep them
    between; None takes the logarithm of the softmax itself. pull: what the gradient subtracts at
    the label. loss_by, grad_by: functions of the logits, what the two are divided by. pick: what
    takes each row's entry.
    """
    p = softmax(logits, axis=axis)
    if small is None:
        log_p = pick(log_softmax(logits, axis=axis), labels)
    elif isinstance(small, tuple):
        log_p = log(np.clip(pick(p, labels), *small))
    else:
        log_p = log(pick(p, labels) + small)
    grad = p - pull * np.eye(logits.shape[1])[labels]
    return -log_p.sum() / loss_by(logits), grad / grad_by(logits)


def _overflowing(logits, axis):
    return np.exp(logits) / np.exp(logits).sum(axis=axis, keepdims=True)


def _one(logits):
    return 1


def _minus_rows(logits):
    return -len(logits)


def _of_the_batch(logits, axis):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=axis, keepdims=True)


def _of_the_columns(logits, axis):
    powers = np.exp(logits - logits.max(axis=0))
    return powers / powers.sum(axis=axis, keepdims=True)


def _not_divided(logits, axis):
    return np.exp(logits - logits.max(axis=axis, keepdims=True))


def _log_of_base(base):
    return lambda p: np.log(p) / np.log(base)


KEPT_FROM_ZERO = (
    "You kept the logarithm away from zero by a small number, so a confident wrong answer costs "
    "too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
)
SUMMED = "You summed over the batch; the loss is a mean, and so is its gradient."
NOT_DIVIDED = "The loss is a mean over the batch, so its gradient is divided by the batch size too."
LOG_OF_ZERO = (
    "log(0) is −inf: a probability can round to 0. Take the logarithm of the softmax by hand: "
    "z − log Σ eᶻ, with the row's largest logit subtracted first."
)
OVERFLOWS = "e^1000 overflows. Subtract each row's largest logit first: the softmax stays the same."
BATCHS_LARGEST = (
    "You subtracted the largest logit of the whole batch, so a row far below it has nothing but "
    "zeros: subtract each row's own, `logits.max(axis=1, keepdims=True)`."
)
OF_COLUMNS = (
    "You subtracted each column's largest logit, which changes the softmax: subtract each row's, "
    "`logits.max(axis=1, keepdims=True)`."
)
NATS = "The loss is in nats: use the natural logarithm, `np.log`."

ROWS = [
    (SUMMED, {"loss_by": _one, "grad_by": _one}),
    (NOT_DIVIDED, {"grad_by": _one}),
    (
        "The gradient is that of a mean, but you returned the sum of the losses: divide by the "
        "batch size.",
        {"loss_by": _one},
    ),
    (
        "The softmax runs over the wrong axis: each row's probabilities sum to 1, so axis=1.",
        {"axis": 0},
    ),
    (LOG_OF_ZERO, {"small": 0}),
    *(
        (f"{LOG_OF_ZERO} {NOT_DIVIDED}", {"small": 0, "grad_by": _one, "loss_by": loss_by})
        for loss_by in (len, _one)
    ),
    (OVERFLOWS, {"softmax": _overflowing, "small": 0}),
    (f"{OVERFLOWS} {NOT_DIVIDED}", {"softmax": _overflowing, "small": 0, "grad_by": _one}),
    *((KEPT_FROM_ZERO, {"small": 10.0**-power}) for power in (6, 7, 8, 9, 10, 12, 15)),
    *(
        (KEPT_FROM_ZERO, {"small": (10.0**-power, most)})
        for power in (6, 7, 8, 9, 10, 12, 15, 300)
        for most in (1, 1 - 10.0**-power)
    ),
    (BATCHS_LARGEST, {"softmax": _of_the_batch, "small": 0}),
    (OF_COLUMNS, {"softmax": _of_the_columns, "small": 0}),
    (NATS, {"log": _log_of_base(2), "small": 0}),
    (NATS, {"log": _log_of_base(10), "small": 0}),
    (
        "The sign of the gradient is wrong: it is p − one-hot, over n.",
        {"grad_by": _minus_rows},
    ),
    (
        "The signs of loss and gradient are wrong: the loss is minus a logarithm, the gradient "
        "p − one-hot.",
        {"loss_by": _minus_rows, "grad_by": _minus_rows},
    ),
    (
        "The gradient is p alone: subtract 1 at each row's label, which pulls that logit up.",
        {"pull": 0},
    ),
    (
        "The gradient is p − one-hot: at the label you added 1.",
        {"pull": -1},
    ),
    (
        "The sign of the loss is wrong: it is minus the logarithm of a probability, never "
        "negative.",
        {"loss_by": _minus_rows},
    ),
    (
        "Divide by the number of samples only: you averaged over the classes as well.",
        {"loss_by": np.size, "grad_by": np.size},
    ),
    (
        "Divide the loss by the number of samples only: you averaged over the classes as well.",
        {"loss_by": np.size},
    ),
    (
        "Divide the gradient by the number of samples only: you averaged over the classes as well.",
        {"grad_by": np.size},
    ),
    (
        "You divided by the number of classes; the mean is over the samples.",
        {"loss_by": lambda logits: logits.shape[1], "grad_by": lambda logits: logits.shape[1]},
    ),
    (
        "The loss is that of the largest logit; take the one at the label.",
        {"pick": lambda array, labels: array.max(axis=1)},
    ),
    (
        "You added up the logarithms of all classes; only that of the label counts.",
        {"pick": lambda array, labels: array},
    ),
]
