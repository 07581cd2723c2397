"""Check of `tf_mse`: points, the mistakes people make, sound variants."""

import keras
import numpy as np
import tensorflow as tf

from ..check import new_check

tf_mse = new_check(__name__, rtol=1e-4)


@tf_mse.mistake("You summed the squares; the error is their mean.")
def mse_summed(predictions, targets):
    return tf.reduce_sum(tf.square(predictions - targets))


@tf_mse.mistake("This is the root of the mean squared error; leave the root out.")
def mse_with_root(predictions, targets):
    return tf.sqrt(tf.reduce_mean(tf.square(predictions - targets)))


@tf_mse.mistake("This is the mean absolute error: square the differences.")
def absolute_error(predictions, targets):
    return tf.reduce_mean(tf.abs(predictions - targets))


@tf_mse.mistake("Square first, then take the mean: otherwise errors of both signs cancel.")
def mean_first(predictions, targets):
    return tf.square(tf.reduce_mean(predictions - targets))


@tf_mse.mistake(
    "You averaged over the last axis alone; a matrix gives one number as well. "
    "`tf.reduce_mean` without an axis averages over all."
)
def over_the_last_axis(predictions, targets):
    return tf.reduce_mean(tf.square(predictions - targets), axis=-1)


@tf_mse.mistake(
    "The value is right, but NumPy computed it, and TensorFlow can't differentiate that. Use "
    "`tf.square` and `tf.reduce_mean`."
)
def by_numpy(predictions, targets):
    return np.mean(np.square(np.asarray(predictions) - np.asarray(targets)))


@tf_mse.mistake("You divided by the number of rows; a matrix has rows × columns numbers.")
def divided_by_rows(predictions, targets):
    return tf.reduce_sum(tf.square(predictions - targets)) / len(predictions)


@tf_mse.mistake("You halved the mean; that factor belongs to other definitions.")
def halved(predictions, targets):
    return tf.reduce_mean(tf.square(predictions - targets)) / 2


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
