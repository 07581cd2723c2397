"""Check of `names_to_matrix`: start, letters, end, padding behind, rows of max_len numbers."""

import keras
import numpy as np

from ..check import new_check
from ..probes.week5._names import END, START
from ._wrong_matrices_of_names import ROWS

names_to_matrix = new_check(__name__)


def _ids(names, token_to_id, start=True, end=True):
    before, after = [START] * start, [END] * end
    return [[token_to_id[token] for token in (*before, *name, *after)] for name in names]


def _matrix(
    names, token_to_id, max_len, start=True, end=True, keep=lambda row, max_len: row[:max_len],
    padding_first=False, dtype="int32", filled=0, change=lambda row: row,
    result=lambda matrix: matrix,
):  # fmt: skip
    """Return the matrix, with changes."""
    matrix = np.full((len(names), max_len), filled, dtype)
    for i, row in enumerate(_ids(names, token_to_id, start, end)):
        row = keep(change(row), max_len)
        first = max_len - len(row) if padding_first else 0
        matrix[i, first : first + len(row)] = row
    return result(matrix)


TOO_LONG = (
    "A name that is too long doesn't fit into its row: put start, characters and end together, "
    "then keep the first max_len numbers."
)
UNEVEN = "Your rows aren't equally long: fill each one up with padding to max_len numbers."
CUT_HAS_NO_END = (
    "A name that is cut has no end, since it doesn't end there: keep its first max_len numbers."
)

names_to_matrix.add_mistakes(_matrix, ROWS)


@names_to_matrix.mistake("The end comes right after the name, and padding after the end.")
def end_in_the_last_column(names, token_to_id, max_len):
    matrix = _matrix(names, token_to_id, max_len, end=False)
    matrix[:, -1] = token_to_id[END]
    return matrix


@names_to_matrix.mistake(CUT_HAS_NO_END)
def cut_names_end(names, token_to_id, max_len):
    return _matrix([name[: max_len - 2] for name in names], token_to_id, max_len)


@names_to_matrix.mistake(TOO_LONG)
def character_by_character(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), "int32")
    for i, row in enumerate(_ids(names, token_to_id)):
        for j, number in enumerate(row):
            matrix[i, j] = number
    return matrix


@names_to_matrix.mistake(TOO_LONG)
def row_by_row(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), "int32")
    for row, ids in zip(matrix, _ids(names, token_to_id)):
        row[: len(ids)] = ids
    return matrix


@names_to_matrix.mistake(TOO_LONG)
def cut_before_start_and_end(names, token_to_id, max_len):
    return row_by_row([name[:max_len] for name in names], token_to_id, max_len)


@names_to_matrix.mistake(TOO_LONG)
def padded_but_not_cut(names, token_to_id, max_len):
    rows = [ids + [0] * (max_len - len(ids)) for ids in _ids(names, token_to_id)]
    return np.array(rows, "int32")


@names_to_matrix.mistake(UNEVEN)
def cut_but_not_padded(names, token_to_id, max_len):
    return np.array([ids[:max_len] for ids in _ids(names, token_to_id)], "int32")


@names_to_matrix.mistake(UNEVEN)
def list_of_rows_as_they_are(names, token_to_id, max_len):
    return [ids[:max_len] for ids in _ids(names, token_to_id)]


@names_to_matrix.mistake(
    "You left names out that are too long: they are cut, and every name has its row."
)
def without_long_names(names, token_to_id, max_len):
    return _matrix([name for name in names if len(name) <= max_len - 2], token_to_id, max_len)


@names_to_matrix.mistake(
    "The rows of names that are too long stay empty: write the first max_len numbers into them."
)
def long_names_are_empty(names, token_to_id, max_len):
    matrix = _matrix(names, token_to_id, max_len)
    matrix[[len(name) > max_len - 2 for name in names]] = 0
    return matrix


@names_to_matrix.mistake("max_len counts start and end, too; your rows are longer by two.")
def two_longer(names, token_to_id, max_len):
    return _matrix(names, token_to_id, max_len + 2)


@names_to_matrix.mistake(
    "Your rows are as long as the longest name; every row must have max_len numbers."
)
def as_long_as_the_longest(names, token_to_id, max_len):
    longest = max(len(name) + 2 for name in names)
    return _matrix(names, token_to_id, min(longest, max_len))


@names_to_matrix.mistake(
    "Your rows are as long as the longest name needs, and never cut; every row must have max_len "
    "numbers."
)
def whatever_max_len_says(names, token_to_id, max_len):
    return _matrix(names, token_to_id, max(len(name) + 2 for name in names))


@names_to_matrix.mistake(
    "All your rows are the same list: `[[0] * max_len] * n` holds one row n times, so each name is "
    "written over the one before."
)
def one_row_for_all(names, token_to_id, max_len):
    rows = [[0] * max_len] * len(names)
    for i, ids in enumerate(_ids(names, token_to_id)):
        for j, number in enumerate(ids[:max_len]):
            rows[i][j] = number
    return np.array(rows, "int32")


@names_to_matrix.alternative
def by_keras(names, token_to_id, max_len):
    return keras.utils.pad_sequences(
        _ids(names, token_to_id), max_len, padding="post", truncating="post"
    ).reshape(len(names), max_len)


@names_to_matrix.alternative
def number_by_number(names, token_to_id, max_len):
    matrix = np.zeros((len(names), max_len), dtype=np.int32)
    for i, name in enumerate(names):
        for j, token in enumerate([START, *name, END]):
            if j < max_len:
                matrix[i, j] = token_to_id[token]
    return matrix
