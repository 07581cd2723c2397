"""A small problem with labels and targets, and the cases that its losses and gradients share."""

import numpy as np

INTEGER_WEIGHTS = np.array([0, 1, -2, 1])


def draw_problem(rng, rows=12, features=4):
    """Return X, 0/1 labels with both classes, real targets, and weights."""
    X = rng.normal(size=(rows, features))
    y = (rng.permutation(rows) < rows // 2).astype(int)
    return X, y, rng.normal(size=rows) * 3, rng.normal(size=features)


def try_problem(call, X, y, w):
    """Call a loss or gradient on all twelve rows, on one row, and with integer weights."""
    call("twelve rows", X, y, w)
    call("one row", X[:1], y[:1], w)
    call("integer weights", X, y, INTEGER_WEIGHTS)
