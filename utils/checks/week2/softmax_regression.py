"""Check of `softmax_regression`: logits, probabilities and classes, all of them on the tape."""

import keras
import numpy as np
import tensorflow as tf

from ..check import new_check

softmax_regression = new_check(__name__)


def _regression(
    x,
    W,
    b,
    linear=lambda x, W, b: x @ W + b,
    softmax=tf.nn.softmax,
    classify=lambda logits: tf.argmax(logits, axis=1),
    order=(0, 1, 2),
):
    logits = linear(x, W, b)
    results = logits, softmax(logits), classify(logits)
    return tuple(results[i] for i in order)


def _overflowing(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def _in_numpy(x, W, b):
    return tf.constant(np.asarray(x) @ np.asarray(W) + np.asarray(b))


softmax_regression.add_mistakes(
    _regression,
    {
        "The bias is missing: add b to every row of the logits.": {
            "linear": lambda x, W, b: tf.matmul(x, W)
        },
        "The softmax runs over the wrong axis: the probabilities of a row sum to 1. The last "
        "axis is the default.": {"softmax": lambda logits: tf.nn.softmax(logits, axis=0)},
        "The classes come from the wrong axis: take the argmax of each row.": {
            "classify": tf.argmax
        },
        "The first result is the logits, before the softmax.": {
            "linear": lambda x, W, b: tf.nn.softmax(x @ W + b),
            "softmax": tf.identity,
        },
        "The sigmoid treats each class on its own; with the softmax the probabilities sum to 1.": {
            "softmax": tf.sigmoid
        },
        "e^1000 overflows; `tf.nn.softmax` subtracts the largest logit first.": {
            "softmax": _overflowing
        },
        "The third result is one class per row, an integer: use `tf.argmax`.": {
            "classify": lambda logits: tf.one_hot(tf.argmax(logits, axis=1), logits.shape[1])
        },
        "The order of the results is (logits, probabilities, classes).": {"order": (1, 0, 2)},
        "That is the largest value of each row; its position is the class: `tf.argmax`.": {
            "classify": lambda logits: tf.reduce_max(logits, axis=1)
        },
        "The second result holds log-probabilities; return the probabilities themselves.": {
            "softmax": tf.nn.log_softmax
        },
        "The values are right, but the tape lost track of them: compute with the tensors "
        "themselves, not with NumPy copies of them.": {"linear": _in_numpy},
    },
)


@softmax_regression.alternative
def regression_by_hand(x, W, b):
    logits = tf.linalg.matmul(x, W) + b[tf.newaxis]
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    probabilities = exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)
    return logits, probabilities, tf.argmax(probabilities, axis=1, output_type=tf.int32)


@softmax_regression.alternative
def regression_by_exp_of_log(x, W, b):
    logits = tf.nn.bias_add(x @ W, b)
    return [logits, tf.exp(tf.nn.log_softmax(logits)), tf.math.argmax(logits, -1)]


@softmax_regression.witness("Keras")
def regression_by_keras(x, W, b):
    logits = keras.ops.add(keras.ops.matmul(x, W), b)
    probabilities = keras.layers.Softmax()(logits)
    return logits, probabilities, keras.ops.argmax(probabilities, axis=1)
