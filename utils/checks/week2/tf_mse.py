"""Check of `tf_mse`: the mean of the squares, over all axes, and by TensorFlow."""

import keras
import numpy as np
import tensorflow as tf

from ..check import new_check

tf_mse = new_check(__name__, rtol=1e-4)


def _mse(predictions, targets, of=tf.square, mean=tf.reduce_mean):
    return mean(of(predictions - targets))


tf_mse.add_mistakes(
    _mse,
    {
        "You summed the squares; the error is their mean.": {"mean": tf.reduce_sum},
        "This is the root of the mean squared error; leave the root out.": {
            "mean": lambda squares: tf.sqrt(tf.reduce_mean(squares))
        },
        "This is the mean absolute error: square the differences.": {"of": tf.abs},
        "Square first, then take the mean: otherwise errors of both signs cancel.": {
            "of": tf.reduce_mean,
            "mean": tf.square,
        },
        "You averaged over the last axis only; a matrix gives one number as well. "
        "`tf.reduce_mean` without an axis averages over all.": {
            "mean": lambda squares: tf.reduce_mean(squares, axis=-1)
        },
        "You divided by the number of rows; a matrix has rows × columns numbers.": {
            "mean": lambda squares: tf.reduce_sum(squares) / len(squares)
        },
        "You halved the mean; the factor ½ belongs to other definitions.": {
            "mean": lambda squares: tf.reduce_mean(squares) / 2
        },
    },
)


@tf_mse.mistake(
    "The value is right, but NumPy computed it, and TensorFlow can't differentiate that. Use "
    "`tf.square` and `tf.reduce_mean`."
)
def by_numpy(predictions, targets):
    return np.mean(np.square(np.asarray(predictions) - np.asarray(targets)))


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
