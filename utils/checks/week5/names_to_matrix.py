"""Check of `names_to_matrix`: points, the mistakes people make, sound variants."""

import keras
import numpy as np

from ..check import new_check
from ._name_tokens import END, START

names_to_matrix = new_check(__name__)


def _matrix(rows, max_len, dtype="int32"):
    """Return rows of numbers as a matrix, with zeros behind them."""
    return np.array([[*row, *[0] * (max_len - len(row))][:max_len] for row in rows], dtype).reshape(
        len(rows), max_len
    )


def _ids(names, token_to_id, start=True, end=True):
    before, after = [START] * start, [END] * end
    return [[token_to_id[token] for token in (*before, *name, *after)] for name in names]


@names_to_matrix.mistake("The end is missing: without it no network learns where names end.")
def without_end(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id, end=False), max_len)


@names_to_matrix.mistake("The start is missing: something must come before the first letter.")
def without_start(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id, start=False), max_len)


@names_to_matrix.mistake("Padding comes after the name, not before it.")
def padded_before(names, token_to_id, max_len):
    rows = [row[:max_len] for row in _ids(names, token_to_id)]
    return _matrix([[0] * (max_len - len(row)) + row for row in rows], max_len)


@names_to_matrix.mistake("The end comes right after the name, and padding after the end.")
def end_in_the_last_column(names, token_to_id, max_len):
    matrix = _matrix(_ids(names, token_to_id, end=False), max_len)
    matrix[:, -1] = token_to_id[END]
    return matrix


@names_to_matrix.mistake(
    "A name that is cut has no end: it doesn't end there. Keep the first max_len numbers alone."
)
def cut_names_end(names, token_to_id, max_len):
    return _matrix(_ids([name[: max_len - 2] for name in names], token_to_id), max_len)


@names_to_matrix.mistake("A long name is cut behind: keep its first numbers, not its last.")
def cut_in_front(names, token_to_id, max_len):
    return _matrix([row[-max_len:] for row in _ids(names, token_to_id)], max_len)


@names_to_matrix.mistake("max_len counts start and end, too; your rows are two longer.")
def two_longer(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id), max_len + 2)


@names_to_matrix.mistake("Numbers of tokens are integers: give the matrix an integer dtype.")
def as_floats(names, token_to_id, max_len):
    return _matrix(_ids(names, token_to_id), max_len, float)


@names_to_matrix.mistake(
    "Rows are as long as the longest name; all must have max_len numbers, whatever the names."
)
def as_long_as_the_longest(names, token_to_id, max_len):
    rows = [row[:max_len] for row in _ids(names, token_to_id)]
    return _matrix(rows, max(map(len, rows), default=0))


@names_to_matrix.alternative
def by_keras(names, token_to_id, max_len):
    return keras.utils.pad_sequences(
        _ids(names, token_to_id), max_len, padding="post", truncating="post"
    ).reshape(len(names), max_len)


@names_to_matrix.alternative
def number_by_number(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), dtype=int)
    for i, name in enumerate(names):
        for j, token in enumerate([START, *name, END]):
            if j < max_len:
                matrix[i, j] = token_to_id[token]
    return matrix
