"""Check of `softmax_cross_entropy`: points, the mistakes people make, sound variants."""

import numpy as np
import tensorflow as tf
from scipy.special import log_softmax, softmax

from ..check import new_check
from ._cross_entropy import picked

softmax_cross_entropy = new_check(__name__, points=2)


def _one_hot(labels, classes):
    return np.eye(classes)[labels]


@softmax_cross_entropy.mistake(
    "You summed over the batch; the loss is a mean, and so is its gradient."
)
def entropy_summed(logits, labels):
    grad = softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])
    return -picked(log_softmax(logits, axis=1), labels).sum(), grad


@softmax_cross_entropy.mistake(
    "The loss is a mean over the batch, so its gradient is divided by the batch size too."
)
def gradient_summed(logits, labels):
    grad = softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])
    return -picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "The softmax runs over the wrong axis: each row's probabilities sum to 1, so axis=1."
)
def softmax_over_batch(logits, labels):
    grad = (softmax(logits, axis=0) - _one_hot(labels, logits.shape[1])) / len(labels)
    return -picked(log_softmax(logits, axis=0), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "log(0) is −inf: a probability can round to 0. Take the logarithm of the softmax by hand: "
    "z − log Σ eᶻ, with the row's largest logit subtracted first."
)
def log_of_zero(logits, labels):
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = shifted / shifted.sum(axis=1, keepdims=True)
    return -np.log(picked(p, labels)).mean(), (p - _one_hot(labels, p.shape[1])) / len(labels)


@softmax_cross_entropy.mistake(
    "e^1000 overflows. Subtract each row's largest logit first: the softmax stays the same."
)
def entropy_overflows(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(picked(p, labels)).mean(), (p - _one_hot(labels, p.shape[1])) / len(labels)


def _kept_from_zero(small):
    def kept_from_zero(logits, labels):
        p = softmax(logits, axis=1)
        loss = -np.log(picked(p, labels) + small).mean()
        return loss, (p - _one_hot(labels, p.shape[1])) / len(labels)

    return softmax_cross_entropy.mistake(
        "You kept the logarithm away from zero by a small number, so a confident wrong answer "
        "costs too little: at a logit of 1000 the loss of one sample is 1000. Use the logits."
    )(kept_from_zero)


for exponent in (6, 7, 8, 9, 10, 12, 15):
    _kept_from_zero(10.0**-exponent)


@softmax_cross_entropy.mistake("The sign of the gradient is wrong: it is p − one-hot, over n.")
def gradient_sign(logits, labels):
    grad = (_one_hot(labels, logits.shape[1]) - softmax(logits, axis=1)) / len(labels)
    return -picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "The gradient holds p alone: subtract 1 at each row's label. That is what pulls it up."
)
def gradient_without_label(logits, labels):
    grad = softmax(logits, axis=1) / len(labels)
    return -picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "The sign of the loss is wrong: it is minus the logarithm of a probability, never negative."
)
def loss_sign(logits, labels):
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / len(labels)
    return picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake("You wrote into the caller's logits; make a new array.")
def entropy_in_place(logits, labels):
    logits -= logits.max(axis=1, keepdims=True)
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / len(labels)
    return -picked(log_softmax(logits, axis=1), labels).mean(), grad


@softmax_cross_entropy.mistake(
    "`array[:, labels]` takes whole columns; pick one entry of each row: index rows and columns "
    "together, `array[rows, labels]`."
)
def picks_columns(logits, labels):
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / len(labels)
    return -log_softmax(logits, axis=1)[:, labels].mean(), grad


@softmax_cross_entropy.mistake(
    "Divide by the number of samples: you averaged over the classes as well."
)
def averaged_over_classes(logits, labels):
    grad = softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])
    loss = -picked(log_softmax(logits, axis=1), labels).sum() / logits.size
    return loss, grad / logits.size


@softmax_cross_entropy.mistake("The order of the results is (loss, gradient).")
def gradient_first(logits, labels):
    return entropy_by_scipy(logits, labels)[::-1]


@softmax_cross_entropy.alternative
def entropy_by_scipy(logits, labels):
    grad = (softmax(logits, axis=1) - _one_hot(labels, logits.shape[1])) / logits.shape[0]
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
