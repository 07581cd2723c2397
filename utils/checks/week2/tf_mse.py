"""Check of `tf_mse`: the mean of the squares, over all axes, and by TensorFlow."""

import keras
import numpy as np
import tensorflow as tf

from ..check import new_check
from ._lost import LOST, NO_TENSOR, SENTENCES

tf_mse = new_check(__name__, rtol=1e-4, sentences=SENTENCES)


def _mse(predictions, targets, apart=tf.subtract, of=tf.square, mean=tf.reduce_mean):
    return mean(of(apart(predictions, targets)))


def _of_numbers(function):
    return lambda squares: function(np.asarray(squares))


def _every_pair(predictions, targets):
    return tf.reshape(predictions, (-1, 1)) - tf.reshape(targets, (1, -1))


LAST_AXIS = (
    "You averaged over the last axis only; a matrix gives one number as well. `tf.reduce_mean` "
    "without an axis averages over all."
)
PAIRS = (
    "A column met a row, so each prediction was compared with every target. Subtract them as they "
    "come: `predictions - targets`."
)
NOT_SQUARED = "The square is missing: errors of both signs cancel. Take the mean of the squares."

tf_mse.add_mistakes(
    _mse,
    [
        ("You summed the squares; the error is their mean.", {"mean": tf.reduce_sum}),
        (
            "This is the root of the mean squared error; leave the root out.",
            {"mean": lambda squares: tf.sqrt(tf.reduce_mean(squares))},
        ),
        (
            "This is the length of the difference, the root of the sum of squares: leave the root "
            "out, and take the mean.",
            {"mean": lambda squares: tf.sqrt(tf.reduce_sum(squares))},
        ),
        ("This is the mean absolute error: square the differences.", {"of": tf.abs}),
        (
            "You added up absolute differences: take the mean of their squares.",
            {"of": tf.abs, "mean": tf.reduce_sum},
        ),
        (NOT_SQUARED, {"of": tf.identity}),
        (NOT_SQUARED, {"of": tf.negative}),
        (
            "Square first, then take the mean: otherwise errors of both signs cancel.",
            {"of": tf.reduce_mean, "mean": tf.square},
        ),
        (
            "Square first, then add up; and take the mean, not the sum.",
            {"of": tf.reduce_sum, "mean": tf.square},
        ),
        (
            "Take the difference first, then its square: you subtracted squares.",
            {"apart": lambda a, b: tf.square(a) - tf.square(b), "of": tf.identity},
        ),
        ("You added predictions and targets; subtract them.", {"apart": tf.add}),
        (
            "You raised the differences to another power; square them.",
            {"of": lambda difference: difference**3},
        ),
        (
            "This is the variance of the differences: it leaves out their mean. Take the mean of "
            "the squares themselves.",
            {"of": tf.identity, "mean": tf.math.reduce_variance},
        ),
        (LAST_AXIS, {"mean": lambda squares: tf.reduce_mean(squares, axis=-1)}),
        (
            "You averaged over the first axis only, which leaves one number per column of a "
            "matrix. `tf.reduce_mean` without an axis averages over all.",
            {"mean": lambda squares: tf.reduce_mean(squares, axis=0)},
        ),
        (
            "You divided by the number of rows; a matrix has rows × columns numbers.",
            {"mean": lambda squares: tf.reduce_sum(squares) / len(squares)},
        ),
        (
            "You divided by the length of the last axis; a matrix has rows × columns numbers.",
            {"mean": lambda squares: tf.reduce_sum(squares) / squares.shape[-1]},
        ),
        (
            "You halved the mean; the factor ½ belongs to other definitions.",
            {"mean": lambda squares: tf.reduce_mean(squares) / 2},
        ),
        (
            "This is half the sum of the squares; the error is their mean.",
            {"mean": lambda squares: tf.reduce_sum(squares) / 2},
        ),
        ("You returned the squares themselves; take their mean.", {"mean": tf.identity}),
        ("You took the largest square; take the mean of all.", {"mean": tf.reduce_max}),
        (PAIRS, {"apart": _every_pair}),
        (PAIRS, {"apart": lambda a, b: tf.transpose(_every_pair(b, a))}),
        (PAIRS, {"apart": lambda a, b: tf.expand_dims(a, 1) - b}),
        (PAIRS, {"apart": lambda a, b: a - tf.expand_dims(b, 1)}),
        (NO_TENSOR, {"mean": _of_numbers(np.mean)}),
        (LOST, {"mean": lambda squares: tf.constant(np.mean(squares))}),
    ],
)


@tf_mse.alternative
def mse_by_power(predictions, targets):
    return tf.reduce_mean((targets - predictions) ** 2)


@tf_mse.alternative
def mse_by_division(predictions, targets):
    difference = tf.subtract(predictions, targets)
    return tf.reduce_sum(difference * difference) / tf.cast(tf.size(difference), difference.dtype)


@tf_mse.witness("Keras")
def mse_by_keras(predictions, targets):
    return keras.losses.MeanSquaredError()(targets, predictions)
