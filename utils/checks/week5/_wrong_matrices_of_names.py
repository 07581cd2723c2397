"""Mistakes of `names_to_matrix`, as rows of switches."""

import numpy as np


def _last(row, max_len):
    return row[-max_len:]


def _no_end_when_cut(row, max_len):
    return row[: max_len - 1] if len(row) > max_len else row


INTEGERS = "Token numbers are integers: give the matrix an integer dtype."
NOT_INT32 = (
    "The matrix must be of dtype int32; of Python's integers NumPy makes int64, unless you say "
    'dtype="int32".'
)
A_LIST = "Return one NumPy array, a matrix; yours is a list of rows."
OTHER_WIDTH = "Your rows don't have max_len numbers: max_len counts start and end, too."

ROWS = [
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
]
