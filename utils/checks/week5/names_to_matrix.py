"""Check of `names_to_matrix`: start, letters, end, padding behind, rows of max_len numbers."""

import keras
import numpy as np

from ..check import new_check
from ..probes.week5._names import END, START

names_to_matrix = new_check(__name__)


def _ids(names, token_to_id, start=True, end=True):
    before, after = [START] * start, [END] * end
    return [[token_to_id[token] for token in (*before, *name, *after)] for name in names]


def _matrix(
    names, token_to_id, max_len, start=True, end=True, keep=lambda row, max_len: row[:max_len],
    padding_first=False, dtype="int32",
):  # fmt: skip
    """Return the matrix, with changes."""
    matrix = np.zeros((len(names), max_len), dtype)
    for i, row in enumerate(_ids(names, token_to_id, start, end)):
        row = keep(row, max_len)
        first = max_len - len(row) if padding_first else 0
        matrix[i, first : first + len(row)] = row
    return matrix


names_to_matrix.add_mistakes(
    _matrix,
    {
        "The end is missing: without it no network learns where names end.": {"end": False},
        "The start is missing: something must come before the first letter.": {"start": False},
        "Padding comes after the name, not before it.": {"padding_first": True},
        "A long name is cut at its end: keep the first numbers, not the last.": {
            "keep": lambda row, max_len: row[-max_len:]
        },
        "Token numbers are integers: give the matrix an integer dtype.": {"dtype": float},
    },
)


@names_to_matrix.mistake("The end comes right after the name, and padding after the end.")
def end_in_the_last_column(names, token_to_id, max_len):
    matrix = _matrix(names, token_to_id, max_len, end=False)
    matrix[:, -1] = token_to_id[END]
    return matrix


@names_to_matrix.mistake(
    "A name that is cut has no end, since it doesn't end there: keep its first max_len numbers."
)
def cut_names_end(names, token_to_id, max_len):
    return _matrix([name[: max_len - 2] for name in names], token_to_id, max_len)


@names_to_matrix.mistake("max_len counts start and end, too; your rows are longer by two.")
def two_longer(names, token_to_id, max_len):
    return _matrix(names, token_to_id, max_len + 2)


@names_to_matrix.mistake(
    "Your rows are as long as the longest name; every row must have max_len numbers."
)
def as_long_as_the_longest(names, token_to_id, max_len):
    longest = max((len(name) + 2 for name in names), default=0)
    return _matrix(names, token_to_id, min(longest, max_len))


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
