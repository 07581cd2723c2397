"""Check of `one_hot`: which column of which row holds the 1, and how many columns there are."""

import keras
import numpy as np

from ..check import new_check

one_hot = new_check(__name__)


@one_hot.witness("Keras")
def keras_one_hot(labels, num_classes):
    return keras.ops.convert_to_numpy(keras.ops.one_hot(labels, num_classes))


def _rows(
    labels, num_classes, more=0, shift=0, values=(0, 1), dtype="float32", finish=lambda rows: rows,
    labels_first=lambda labels: labels, columns=None,
):  # fmt: skip
    """more: columns besides those of the classes. values: what stands for 0 and 1."""
    columns = num_classes + more if columns is None else columns(labels)
    labels = labels_first(labels)
    ones = (labels[:, None] + shift) % max(columns, 1) == np.arange(columns)
    off, on = values
    return finish(np.where(ones, on, off).astype(dtype))


def _from_labels(labels):
    return labels.max() + 1 if len(labels) else 0


BY_LABELS = (
    "The number of columns is num_classes; you took it from the labels, where a class may be "
    "missing."
)
FLOATS = 'they become numbers with `dtype="float32"` or `.astype("float32")`.'
one_hot.add_mistakes(
    _rows,
    [
        (BY_LABELS, {"columns": _from_labels}),
        (
            "Each label is a row: the result is (n, num_classes); yours is transposed.",
            {"finish": np.transpose},
        ),
        ("Labels count from 0: label 0 has its 1 in the first column.", {"shift": -1}),
        (
            "The 1 stands one column too far to the right: label 0 has its 1 in the first column.",
            {"shift": 1},
        ),
        (
            "There is a column too many: labels go from 0 to num_classes − 1, so there are "
            "num_classes columns.",
            {"more": 1},
        ),
        (
            "There is a column too many, and the 1 stands one column too far to the right: label 0 "
            "has its 1 in the first column.",
            {"more": 1, "shift": 1},
        ),
        ("You exchanged 1 and 0: the 1 stands in the label's own column.", {"values": (1, 0)}),
        ("Where no 1 is, there must be 0; yours is −1.", {"values": (-1, 1)}),
        (
            "The result holds integers; float32 is asked for: " + FLOATS,
            {"dtype": "int64"},
        ),
        (
            "The result holds bytes; float32 is asked for: " + FLOATS,
            {"dtype": "uint8"},
        ),
        ("The result holds True and False; " + FLOATS, {"dtype": "bool"}),
        (
            "The result is float64, NumPy's default; float32 is asked for, with which Keras "
            "computes: `dtype=\"float32\"`.",
            {"dtype": "float64"},
        ),
        ("The result is float16; float32 is asked for.", {"dtype": "float16"}),
        ("You return a list of rows; one array is asked for: np.array makes it.", {
            "finish": list}),
        ("You return a list of lists; one array is asked for: np.array makes it.", {
            "finish": np.ndarray.tolist}),
        (
            "There is an axis too many, of length 1: the labels have shape (n,), and don't need "
            "another axis here.",
            {"finish": lambda rows: rows[:, None]},
        ),
        ("You sorted the labels; row i belongs to label i.", {"labels_first": np.sort}),
        ("The rows come in reverse order; row i belongs to label i.", {
            "labels_first": lambda labels: labels[::-1]}),
        ("The columns are in reverse order: label 0 has its 1 in the first one.", {
            "finish": lambda rows: rows[:, ::-1]}),
    ],
)  # fmt: skip


@one_hot.mistake(
    "Columns belong to classes, also to those that don't occur: you gave one only to each label "
    "that there is."
)
def columns_of_those_that_occur(labels, num_classes):
    return (labels[:, None] == np.unique(labels)).astype("float32")


@one_hot.mistake(
    "The number of columns is num_classes; you took as many as there are different labels."
)
def as_many_as_there_are(labels, num_classes):
    return (labels[:, None] == np.arange(len(np.unique(labels)))).astype("float32")


@one_hot.mistake("The number of columns is num_classes; yours is the number of labels.")
def as_many_as_labels(labels, num_classes):
    return (labels[:, None] == np.arange(len(labels))).astype("float32")


@one_hot.mistake("All columns up to the label's hold a 1; only its own should.")
def up_to_the_label(labels, num_classes):
    return (labels[:, None] >= np.arange(num_classes)).astype("float32")


@one_hot.mistake("All columns before the label's hold a 1; only its own should.")
def before_the_label(labels, num_classes):
    return (labels[:, None] > np.arange(num_classes)).astype("float32")


@one_hot.mistake("All columns but those before the label's hold a 1; only its own should.")
def from_the_label_on(labels, num_classes):
    return (labels[:, None] <= np.arange(num_classes)).astype("float32")


@one_hot.mistake("You wrote the label itself into its column; write a 1.")
def the_label_itself(labels, num_classes):
    return one_hot.reference(labels, num_classes) * labels[:, None].astype("float32")


@one_hot.mistake("You wrote the label plus 1 into its column; write a 1.")
def the_label_plus_one(labels, num_classes):
    return one_hot.reference(labels, num_classes) * (labels[:, None] + 1).astype("float32")


@one_hot.mistake(
    "You set every label's column in all rows; in row i, set only the column of label i."
)
def all_rows(labels, num_classes):
    result = np.zeros((len(labels), num_classes), "float32")
    result[:, labels] = 1
    return result


@one_hot.mistake("The labels aren't used: row i has its 1 in column i, whatever label i is.")
def rows_of_the_identity(labels, num_classes):
    return np.eye(len(labels), num_classes, dtype="float32")


@one_hot.mistake("You filled the rows whose numbers are labels; set the label's column in row i.")
def rows_by_labels(labels, num_classes):
    result = np.zeros((len(labels), num_classes), "float32")
    result[labels[labels < len(labels)]] = 1
    return result


@one_hot.mistake("There is no 1 anywhere: set the column of each label, `result[row, label] = 1`.")
def nothing_but_zeros(labels, num_classes):
    return np.zeros((len(labels), num_classes), "float32")


@one_hot.alternative
def by_comparison(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)).astype(np.float32)


@one_hot.alternative
def by_assignment(labels, num_classes):
    result = np.zeros((len(labels), num_classes), np.float32)
    result[np.arange(len(labels)), labels] = 1
    return result
