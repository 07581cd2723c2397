"""Mistakes of `closed_form`, as rows of switches."""

import numpy as np


def _identity(n, d):
    return n * np.eye(d)


def _solve(A, b, n):
    return np.linalg.solve(A, b)


def closed(X, y, l2, strength=np.positive, penalty=_identity, sides=(0, 0), solve=_solve):
    """Solve (XᵀX + strength(λ)·penalty)·left · w = Xᵀy·right, with n times the identity."""
    n, d = X.shape
    left, right = sides
    return solve((X.T @ X + strength(l2) * penalty(n, d)) * n**left, X.T @ y * n**right, n)


def _twice(l2):
    return 2 * l2


def _half(l2):
    return l2 / 2


def _one(l2):
    return 1


def _none(l2):
    return 0


def _negative(A, b, n):
    return -np.linalg.solve(A, b)


def _one_free(place):
    def penalty(n, d):
        diagonal = np.full(d, float(n))
        diagonal[place] = 0
        return np.diag(diagonal)

    return penalty


def least_squares(A, b, n):
    return np.linalg.lstsq(A, b, rcond=None)[0]


SCALED = "The loss is a mean but Xᵀ·X is a sum, so l2 counts n times: Xᵀ·X + n·l2·I."
DIAGONAL = "You added l2 to every entry of Xᵀ·X; it belongs on the diagonal: l2 * np.eye(…)."
SIDES = "Both sides are divided by n, or neither, and then the penalty counts n times; "

ROWS = [
    (SCALED, {"penalty": lambda n, d: np.eye(d)}),
    (
        "You divided l2 by n; multiplying (Xᵀ·X / n + λ·I)·w = Xᵀ·y / n by n gives n·λ.",
        {"penalty": lambda n, d: np.eye(d) / n},
    ),
    (
        "You multiplied l2 by the number of features; it counts n times, the number of rows.",
        {"penalty": lambda n, d: d * np.eye(d)},
    ),
    (
        "l2 counts n² times against Xᵀ·X: divide both sides by n and add l2·I, or neither, and "
        "add n·l2·I.",
        {"penalty": lambda n, d: n**2 * np.eye(d)},
    ),
    (
        "You multiplied l2 by n − 1; it counts n times.",
        {"penalty": lambda n, d: (n - 1) * np.eye(d)},
    ),
    (
        "You multiplied l2 by rows and features; it counts n times, the number of rows.",
        {"penalty": lambda n, d: n * d * np.eye(d)},
    ),
    ("l2 counts twice in your system: the 2 of the derivative cancels.", {"strength": _twice}),
    (
        "l2 counts twice, and not n times: the 2 of the derivative cancels; Xᵀ·X + n·l2·I.",
        {"strength": _twice, "penalty": lambda n, d: np.eye(d)},
    ),
    ("l2 counts half in your system: Xᵀ·X + n·l2·I, without ½.", {"strength": _half}),
    (
        "l2 counts half, and not n times: Xᵀ·X + n·l2·I.",
        {"strength": _half, "penalty": lambda n, d: np.eye(d)},
    ),
    ("You squared l2: Xᵀ·X + n·l2·I.", {"strength": np.square}),
    (
        "You squared l2, and it counts n times: Xᵀ·X + n·l2·I.",
        {"strength": np.square, "penalty": lambda n, d: np.eye(d)},
    ),
    ("You took the root of l2: Xᵀ·X + n·l2·I.", {"strength": np.sqrt}),
    ("The penalty lacks l2: you added n·I.", {"strength": _one}),
    (
        "The penalty is missing: l2 never enters your answer.",
        {"strength": _none, "solve": least_squares},
    ),
    ("The sign of the penalty is wrong: it is added to Xᵀ·X.", {"strength": np.negative}),
    (
        "The sign of the penalty is wrong, and it counts n times: Xᵀ·X + n·l2·I.",
        {"strength": np.negative, "penalty": lambda n, d: np.eye(d)},
    ),
    ("All weights are penalised here, the last one too.", {"penalty": _one_free(-1)}),
    ("All weights are penalised here, the first one too.", {"penalty": _one_free(0)}),
    (DIAGONAL, {"penalty": lambda n, d: n * np.ones((d, d)), "solve": least_squares}),
    (DIAGONAL, {"penalty": lambda n, d: np.ones((d, d)), "solve": least_squares}),
    (SIDES + "you divided only the left.", {"sides": (-1, 0)}),
    (SIDES + "you divided only the right.", {"sides": (0, -1)}),
    (
        SIDES + "you divided only Xᵀ·y, and added l2 to Xᵀ·X.",
        {"sides": (0, -1), "penalty": lambda n, d: np.eye(d)},
    ),
    (
        "You multiplied the matrix by Xᵀ·y; the system A·w = b is to be solved.",
        {"solve": lambda A, b, n: A / n @ (b / n)},
    ),
    (
        "You multiplied the matrix by Xᵀ·y; the system A·w = b is to be solved.",
        {"solve": lambda A, b, n: A @ b},
    ),
    ("The sign of w is wrong: Xᵀ·y stands on the right with a plus.", {"solve": _negative}),
    (
        "You divided by the entries of the matrix; a system is solved by np.linalg.solve.",
        {"solve": lambda A, b, n: b / A},
    ),
    (
        "1 / A inverts each entry alone; a system is solved by np.linalg.solve.",
        {"solve": lambda A, b, n: (1 / A) @ b},
    ),
    (
        "You returned the matrix, or its inverse, without Xᵀ·y: solve A·w = Xᵀ·y.",
        {"solve": lambda A, b, n: np.linalg.inv(A)},
    ),
    (
        "You divided by the diagonal alone; the whole system is to be solved.",
        {"solve": lambda A, b, n: b / np.diag(A)},
    ),
    (
        "You made a column of shape (n_features, 1); one axis, (n_features,), is asked for.",
        {"solve": lambda A, b, n: np.linalg.solve(A, b[:, None])},
    ),
]
