"""Check of `softmax_cross_entropy`: mean loss and gradient, also for logits of ±1000."""

import numpy as np
import tensorflow as tf
from scipy.special import log_softmax, logsumexp, softmax

from ..check import new_check
from ._cross_entropy import picked

softmax_cross_entropy = new_check(__name__, points=2)


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

softmax_cross_entropy.add_mistakes(
    _entropy,
    [
        (SUMMED, {"loss_by": _one, "grad_by": _one}),
        (
            "The loss is a mean over the batch, so its gradient is divided by the batch size too.",
            {"grad_by": _one},
        ),
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
        (OVERFLOWS, {"softmax": _overflowing, "small": 0}),
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
            "Divide the gradient by the number of samples only: you averaged over the classes as "
            "well.",
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
    ],
)


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

softmax_cross_entropy.add_mistakes(
    _finished,
    [
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
    ],
)


@softmax_cross_entropy.mistake("You wrote into the caller's logits; make a new array.")
def entropy_in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return _entropy(logits, labels)


@softmax_cross_entropy.alternative
def entropy_by_scipy(logits, labels):
    grad = (softmax(logits, axis=1) - np.eye(logits.shape[1])[labels]) / logits.shape[0]
    return float(np.mean(-picked(log_softmax(logits, axis=1), labels))), grad


@softmax_cross_entropy.alternative
def entropy_by_logaddexp(logits, labels):
    total = np.logaddexp.reduce(logits, axis=1)
    loss = np.mean(total - picked(logits, labels))
    grad = np.exp(logits - total[:, None])
    np.subtract.at(grad, (range(len(labels)), labels), 1)
    return loss, grad * (1 / len(labels))


@softmax_cross_entropy.witness("TensorFlow")
def entropy_by_tensorflow(logits, labels):
    logits = tf.convert_to_tensor(logits)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(losses)
    return loss.numpy(), tape.gradient(loss, logits).numpy()
