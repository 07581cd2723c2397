"""Mistakes of `softmax_regression`, as rows of switches."""

import numpy as np
import tensorflow as tf


def _argmax(logits):
    return tf.argmax(logits, axis=1)


def _regression(
    x,
    W,
    b,
    linear=lambda x, W, b: x @ W + b,
    softmax=tf.nn.softmax,
    classify=_argmax,
    classify_by=lambda logits, probabilities: logits,
    order=(0, 1, 2),
):
    logits = linear(x, W, b)
    probabilities = softmax(logits)
    results = logits, probabilities, classify(classify_by(logits, probabilities))
    return tuple(results[i] for i in order)


def _overflowing(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def _without_sum(logits):
    return tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))


def _of_all(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits))
    return exponentials / tf.reduce_sum(exponentials)


def _product_in_numpy(x, W, b):
    return np.asarray(x) @ np.asarray(W) + np.asarray(b)


def _softmax_in_numpy(logits):
    exponentials = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


NO_TENSORS = (
    "NumPy computed it, so the results are no tensors, and no tape can differentiate them: use "
    "`tf.matmul`, `tf.nn.softmax` and `tf.argmax` on the tensors themselves."
)
ORDER = "The order of the results is (logits, probabilities, classes)."
TWICE = "You took the softmax twice: the first result is the logits, and its softmax the second."

ROWS = [
    (
        "The bias is missing: add b to every row of the logits.",
        {"linear": lambda x, W, b: tf.matmul(x, W)},
    ),
    ("You subtracted the bias; add it.", {"linear": lambda x, W, b: tf.matmul(x, W) - b}),
    (
        "The softmax runs over the wrong axis: the probabilities of a row sum to 1. The last "
        "axis is the default.",
        {"softmax": lambda logits: tf.nn.softmax(logits, axis=0)},
    ),
    (
        "The probabilities of the whole batch sum to 1; those of each row must.",
        {"softmax": _of_all},
    ),
    (
        "The exponentials aren't divided by their sum: the probabilities of a row sum to 1.",
        {"softmax": _without_sum},
    ),
    (
        "The exponentials aren't divided by their sum, and overflow: use `tf.nn.softmax`.",
        {"softmax": tf.exp},
    ),
    (
        "The classes come from the wrong axis: take the argmax of each row.",
        {"classify": tf.argmax},
    ),
    (
        "Softmax and argmax run over the wrong axis: each row is a sample, and its classes lie "
        "along the last axis.",
        {"softmax": lambda logits: tf.nn.softmax(logits, axis=0), "classify": tf.argmax},
    ),
    (
        "You took the class of the smallest logit; the largest is the one to choose.",
        {"classify": lambda logits: tf.argmin(logits, axis=1)},
    ),
    (
        "The first result is the logits, before the softmax.",
        {"linear": lambda x, W, b: tf.nn.softmax(x @ W + b), "softmax": tf.identity},
    ),
    (TWICE, {"linear": lambda x, W, b: tf.nn.softmax(x @ W + b)}),
    (TWICE, {"softmax": lambda logits: tf.nn.softmax(tf.nn.softmax(logits))}),
    (
        "The second result is the softmax of the logits; you returned the logits twice.",
        {"softmax": tf.identity},
    ),
    (
        "The logits are x @ W + b and no more; you put a ReLU behind them.",
        {"linear": lambda x, W, b: tf.nn.relu(x @ W + b)},
    ),
    (
        "The logits are x @ W + b and no more; you put a sigmoid behind them.",
        {"linear": lambda x, W, b: tf.sigmoid(x @ W + b)},
    ),
    (
        "The logits are x @ W + b and no more; you put tanh behind them.",
        {"linear": lambda x, W, b: tf.tanh(x @ W + b)},
    ),
    (
        "The sigmoid treats each class on its own; with the softmax the probabilities sum to 1.",
        {"softmax": tf.sigmoid},
    ),
    (
        "e^1000 overflows; `tf.nn.softmax` subtracts the largest logit first.",
        {"softmax": _overflowing},
    ),
    (
        "e^1000 overflows; `tf.nn.softmax` subtracts the largest logit first.",
        {"softmax": _overflowing, "classify_by": lambda logits, probabilities: probabilities},
    ),
    (
        "The third result is one class per row, an integer: use `tf.argmax`.",
        {"classify": lambda logits: tf.one_hot(_argmax(logits), logits.shape[1])},
    ),
    (
        "The third result has shape (batch,): no axis of length 1 behind it.",
        {"classify": lambda logits: _argmax(logits)[:, None]},
    ),
    (
        "The classes are floats; they should be ints, as `tf.argmax` gives them.",
        {"classify": lambda logits: tf.cast(_argmax(logits), tf.float32)},
    ),
    (
        "The classes begin with 0, as `tf.argmax` counts them; you added 1.",
        {"classify": lambda logits: _argmax(logits) + 1},
    ),
    (
        "The third result is one class for each row; you took that of the whole batch.",
        {"classify": lambda logits: tf.argmax(tf.reshape(logits, (-1,)))},
    ),
    *((ORDER, {"order": order}) for order in ((1, 0, 2), (2, 1, 0), (0, 2, 1), (1, 2, 0))),
    ("The logits are missing: return all three results.", {"order": (1, 2)}),
    ("The classes are missing: return all three results.", {"order": (0, 1)}),
    ("The probabilities are missing: return all three results.", {"order": (0, 2)}),
    (
        "That is the largest value of each row; its position is the class: `tf.argmax`.",
        {"classify": lambda logits: tf.reduce_max(logits, axis=1)},
    ),
    (
        "That is the largest probability of each row; its position is the class: `tf.argmax`.",
        {
            "classify": lambda logits: tf.reduce_max(logits, axis=1),
            "classify_by": lambda logits, probabilities: probabilities,
        },
    ),
    (
        "The second result holds log-probabilities; return the probabilities themselves.",
        {"softmax": tf.nn.log_softmax},
    ),
    (
        "The values are right, but the tape lost track of them: compute with the tensors "
        "themselves, not with NumPy copies of them.",
        {"linear": lambda *args: tf.constant(_product_in_numpy(*args))},
    ),
    (
        NO_TENSORS,
        {
            "linear": _product_in_numpy,
            "softmax": _softmax_in_numpy,
            "classify": lambda logits: np.argmax(logits, axis=1),
        },
    ),
    (
        "The tape lost track of the probabilities: use `tf.nn.softmax` on the logits "
        "themselves, not NumPy, `.numpy()` or a new tensor.",
        {"softmax": lambda logits: tf.constant(_softmax_in_numpy(logits.numpy()))},
    ),
]
