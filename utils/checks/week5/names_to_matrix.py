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


def _last(row, max_len):
    return row[-max_len:]


def _no_end_when_cut(row, max_len):
    return row[: max_len - 1] if len(row) > max_len else row


INTEGERS = "Token numbers are integers: give the matrix an integer dtype."
NOT_INT32 = (
    "The matrix must be of dtype int32; of Python's integers NumPy makes int64, unless you say "
    'dtype="int32".'
)
TOO_LONG = (
    "A name that is too long doesn't fit into its row: put start, characters and end together, "
    "then keep the first max_len numbers."
)
A_LIST = "Return one NumPy array, a matrix; yours is a list of rows."
UNEVEN = "Your rows aren't equally long: fill each one up with padding to max_len numbers."
CUT_HAS_NO_END = (
    "A name that is cut has no end, since it doesn't end there: keep its first max_len numbers."
)
OTHER_WIDTH = "Your rows don't have max_len numbers: max_len counts start and end, too."

names_to_matrix.add_mistakes(
    _matrix,
    [
        ("The end is missing: without it no network learns where names end.", {"end": False}),
        ("The start is missing: something must come before the first letter.", {"start": False}),
        (
            "Start and end are both missing: they stand before and after the characters.",
            {"start": False, "end": False},
        ),
        ("Padding comes after the name, not before it.", {"padding_first": True}),
        (
            "A long name is cut at its end: keep the first numbers, not the last.",
            {"keep": _last},
        ),
        (
            "Padding comes after the name, and a long name is cut at its end; you did both at the "
            "front.",
            {"keep": _last, "padding_first": True},
        ),
        (INTEGERS, {"dtype": float}),
        *((NOT_INT32, {"dtype": dtype}) for dtype in ("int64", "int16", "uint8", "uint32")),
        (
            "Behind the end comes padding, 0; you filled the rows up with the end.",
            {"filled": 2},
        ),
        ("Rows are filled up with padding, 0; you filled them up with the start.", {"filled": 1}),
        ("Rows are filled up with padding, which is 0; yours is −1.", {"filled": -1}),
        *((A_LIST, {"result": result}) for result in (np.ndarray.tolist, list)),
        (
            "The end is in place of the start, and the start in place of the end.",
            {"change": lambda row: [row[-1], *row[1:-1], row[0]]},
        ),
        (
            "You wrote the name backwards: its first character comes first.",
            {"change": lambda row: [row[0], *row[-2:0:-1], row[-1]]},
        ),
        (
            "The end stands on the place of the last character: it comes one place later.",
            {"change": lambda row: [*row[:-2], row[-1]]},
        ),
        (
            "The start stands on the place of the first character: the characters begin one place "
            "later.",
            {"change": lambda row: [row[0], *row[2:]]},
        ),
        (
            "There is a gap before the end: it comes right after the last character.",
            {"change": lambda row: [*row[:-1], 0, row[-1]]},
        ),
        (
            "A cut name fills its whole row; yours leaves the last place to padding.",
            {"keep": _no_end_when_cut},
        ),
        (
            "A cut name fills its whole row; in yours, places that start and end would need stay "
            "empty.",
            {"keep": lambda row, max_len: row[: max_len - 2] if len(row) > max_len else row},
        ),
        (OTHER_WIDTH, {"result": lambda matrix: matrix[:, :-1]}),
        (OTHER_WIDTH, {"result": lambda matrix: matrix[:, :-2]}),
        (OTHER_WIDTH, {"result": lambda matrix: np.pad(matrix, ((0, 0), (0, 1)))}),
        ("The first column is missing: it holds the start.", {"result": lambda m: m[:, 1:]}),
        (
            "You lost the matrix's form: all rows stand in one long vector.",
            {"result": np.ravel},
        ),
        (
            "Your matrix has only the row of one name: is the `return` inside the loop, or the "
            "matrix made anew there?",
            {"result": lambda matrix: matrix[:1]},
        ),
        (
            "All but one of your rows are empty: every name has a row of its own.",
            {"result": lambda m: m * (np.arange(len(m)) == len(m) - 1)[:, None].astype(m.dtype)},
        ),
    ],
)


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
