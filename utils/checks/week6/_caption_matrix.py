"""Captions as a matrix, as wrong and right answers build it."""

import numpy as np


def num_columns(captions, max_len):
    longest = max(map(len, captions))
    return longest if max_len is None else min(longest, max_len)


def padded_matrix(rows, pad, columns, dtype="int32"):
    """Return rows of numbers as a matrix, with padding behind them."""
    return np.array([[*row, *[pad] * (columns - len(row))][:columns] for row in rows], dtype)
