"""A small problem with labels and targets, and the cases that its losses and gradients share."""

import numpy as np


def draw_size(rng):
    """Return how many weights an optimizer steps: int."""
    return int(rng.choice([5, 7, 11]))


def draw_integers(rng, size):
    """Return integer weights from −3 to 3, in an array of ints; 1 and −1 are among them."""
    return rng.permutation(np.concatenate([[1, -1], rng.integers(-3, 4, size=size - 2)]))


def draw_gradient(rng, size):
    """Return a gradient in which numbers are small and large, of both signs."""
    large = rng.uniform(1.5, 4, size=2) * [1, -1]
    return rng.permutation(np.concatenate([large, rng.uniform(-0.9, 0.9, size=size - 2)]))


def draw_problem(rng):
    """Return X, 0/1 labels with both classes, real targets, and weights: more rows than these.

    No size is 2 or 4 or a multiple of another, so that a factor tells where it comes from.
    """
    rows, features = int(rng.choice([11, 13, 17])), int(rng.choice([3, 5, 7]))
    X = rng.normal(size=(rows, features))
    y = (rng.permutation(rows) < rows // 2).astype(int)
    return X, y, rng.normal(size=rows) * 3, rng.normal(size=features)


def draw_extreme(rng):
    """Return one column of +1000 and −1000, and 0/1 labels; each pair of both is there."""
    pairs = np.array([[1000.0, 1], [1000.0, 0], [-1000.0, 1], [-1000.0, 0]])
    pairs = rng.permutation(np.repeat(pairs, rng.integers(1, 4, size=4), axis=0))
    return pairs[:, :1], pairs[:, 1].astype(int)


def try_problem(call, rng, X, y, w):
    """Call a loss or gradient on all rows, on one row, and with integer weights."""
    call(f"{len(X)} rows", X, y, w)
    call("one row", X[:1], y[:1], w)
    call("integer weights", X, y, draw_integers(rng, len(w)))


def try_integer_targets(call, X, y, w):
    """Call it with targets that are integers."""
    call("integer targets", X, np.rint(y).astype(int), w)
