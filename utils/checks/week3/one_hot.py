"""Check of `one_hot`: which column of which row holds the 1, and how many columns there are."""

import keras
import numpy as np

from ..check import new_check

one_hot = new_check(__name__)


@one_hot.witness("Keras")
def keras_one_hot(labels, num_classes):
    return keras.ops.convert_to_numpy(keras.ops.one_hot(labels, num_classes))


@one_hot.mistake(
    "The number of columns is num_classes; you took it from the labels, where a class "
    "may be missing."
)
def columns_from_labels(labels, num_classes):
    return np.eye(labels.max() + 1 if len(labels) else 0, dtype="float32")[labels]


@one_hot.mistake("Each label is a row: the result is (n, num_classes); yours is transposed.")
def one_hot_transposed(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[:, labels]


@one_hot.mistake("Labels count from 0: label 0 has its 1 in the first column.")
def counted_from_one(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[np.asarray(labels) - 1]


@one_hot.mistake(
    "You set every label's column in all rows; in row i, set only the column of label i."
)
def all_rows(labels, num_classes):
    result = np.zeros((len(labels), num_classes), "float32")
    result[:, labels] = 1
    return result


@one_hot.alternative
def by_comparison(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)).astype(np.float32)


@one_hot.alternative
def by_assignment(labels, num_classes):
    result = np.zeros((len(labels), num_classes))
    result[np.arange(len(labels)), labels] = 1
    return result
