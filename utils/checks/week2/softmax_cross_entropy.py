"""Check of `softmax_cross_entropy`: mean loss and gradient, also for logits of ±1000."""

import numpy as np
import tensorflow as tf
from scipy.special import log_softmax, softmax

from ..check import new_check
from ._cross_entropy import picked

softmax_cross_entropy = new_check(__name__, points=2)


def _entropy(logits, labels, axis=1, softmax=softmax, small=None, pull=1, loss_by=len, grad_by=len):
    """Return loss and gradient.

    small: what is added to the probabilities before their logarithm; None takes the logarithm of
    the softmax itself. pull: what the gradient subtracts at the label. loss_by, grad_by: functions
    of the logits, what the two are divided by.
    """
    p = softmax(logits, axis=axis)
    if small is None:
        log_p = picked(log_softmax(logits, axis=axis), labels)
    else:
        log_p = np.log(picked(p, labels) + small)
    grad = p - pull * np.eye(logits.shape[1])[labels]
    return -log_p.sum() / loss_by(logits), grad / grad_by(logits)


def _overflowing(logits, axis):
    return np.exp(logits) / np.exp(logits).sum(axis=axis, keepdims=True)


def _one(logits):
    return 1


def _minus_rows(logits):
    return -len(logits)


KEPT_FROM_ZERO = (
    "You kept the logarithm away from zero by a small number, so a confident wrong answer costs "
    "too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
)

softmax_cross_entropy.add_mistakes(
    _entropy,
    [
        (
            "You summed over the batch; the loss is a mean, and so is its gradient.",
            {"loss_by": _one, "grad_by": _one},
        ),
        (
            "The loss is a mean over the batch, so its gradient is divided by the batch size too.",
            {"grad_by": _one},
        ),
        (
            "The softmax runs over the wrong axis: each row's probabilities sum to 1, so axis=1.",
            {"axis": 0},
        ),
        (
            "log(0) is −inf: a probability can round to 0. Take the logarithm of the softmax by "
            "hand: z − log Σ eᶻ, with the row's largest logit subtracted first.",
            {"small": 0},
        ),
        (
            "e^1000 overflows. Subtract each row's largest logit first: the softmax stays the "
            "same.",
            {"softmax": _overflowing, "small": 0},
        ),
        *((KEPT_FROM_ZERO, {"small": 10.0**-power}) for power in (6, 7, 8, 9, 10, 12, 15)),
        (
            "The sign of the gradient is wrong: it is p − one-hot, over n.",
            {"grad_by": _minus_rows},
        ),
        (
            "The gradient is p alone: subtract 1 at each row's label, which pulls that logit up.",
            {"pull": 0},
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
    ],
)


@softmax_cross_entropy.mistake("You wrote into the caller's logits; make a new array.")
def entropy_in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    return _entropy(logits, labels)


@softmax_cross_entropy.mistake(
    "`array[:, labels]` picks whole columns; pick one entry of each row: index rows and columns "
    "together, `array[rows, labels]`."
)
def picks_columns(logits, labels):
    _, grad = _entropy(logits, labels)
    return -log_softmax(logits, axis=1)[:, labels].mean(), grad


@softmax_cross_entropy.mistake("The order of the results is (loss, gradient).")
def gradient_first(logits, labels):
    return _entropy(logits, labels)[::-1]


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
