"""Check of `softmax_regression`: points, the mistakes people make, sound variants."""

import keras
import numpy as np
import tensorflow as tf

from ..check import new_check

softmax_regression = new_check(__name__)


@softmax_regression.mistake("The bias is missing: add b to every row of the logits.")
def regression_without_bias(x, W, b):
    logits = tf.matmul(x, W)
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


@softmax_regression.mistake(
    "The softmax runs over the wrong axis: the probabilities of a row sum to 1. The last axis is "
    "the default."
)
def regression_over_batch(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits, axis=0), tf.argmax(logits, axis=1)


@softmax_regression.mistake("The classes come from the wrong axis: take the argmax of each row.")
def classes_over_batch(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits), tf.argmax(logits)


@softmax_regression.mistake("The first result is the logits, before the softmax.")
def probabilities_twice(x, W, b):
    probabilities = tf.nn.softmax(x @ W + b)
    return probabilities, probabilities, tf.argmax(probabilities, axis=1)


@softmax_regression.mistake(
    "The sigmoid treats each class alone; with the softmax the probabilities sum to 1."
)
def by_sigmoid(x, W, b):
    logits = x @ W + b
    return logits, tf.sigmoid(logits), tf.argmax(logits, axis=1)


@softmax_regression.mistake("e^1000 overflows; `tf.nn.softmax` subtracts the largest logit first.")
def regression_overflows(x, W, b):
    logits = x @ W + b
    exponentials = tf.exp(logits)
    probabilities = exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)
    return logits, probabilities, tf.argmax(logits, axis=1)


@softmax_regression.mistake("The third result is one class a row, an integer: use `tf.argmax`.")
def one_hot_classes(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits), tf.one_hot(tf.argmax(logits, axis=1), logits.shape[1])


@softmax_regression.mistake("The order of the results is (logits, probabilities, classes).")
def probabilities_first(x, W, b):
    logits = x @ W + b
    return tf.nn.softmax(logits), logits, tf.argmax(logits, axis=1)


@softmax_regression.mistake(
    "That is the largest value of each row; its place is the class: `tf.argmax`."
)
def largest_values(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.softmax(logits), tf.reduce_max(logits, axis=1)


@softmax_regression.mistake("The second result is made of logarithms; probabilities are asked for.")
def log_probabilities(x, W, b):
    logits = x @ W + b
    return logits, tf.nn.log_softmax(logits), tf.argmax(logits, axis=1)


@softmax_regression.mistake(
    "The values are right, but the tape lost track of them: compute with the tensors themselves, "
    "not with NumPy copies of them."
)
def off_the_tape(x, W, b):
    logits = tf.constant(np.asarray(x) @ np.asarray(W) + np.asarray(b))
    return logits, tf.nn.softmax(logits), tf.argmax(logits, axis=1)


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
