"""Mistakes that `compute_grad` and `mse_grad` share: a mean of residuals times features."""

import numpy as np


def _matrix_product(X, error):
    return X.T @ error


def _rows(X):
    return len(X)


def gradient(
    X, y, w, predict, factor, error=np.subtract, combine=_matrix_product, count=_rows, times=1
):
    """Return the mean over the rows of factor · (prediction − y) · x, with what is switched.

    predict: function of the logits X @ w; factor: what the loss's derivative brings along.
    """
    return times * factor * combine(X, error(predict(X @ w), y)) / count(X)


def _of_each_row(X, error):
    return X * error[:, None]


def _over_features(function):
    return lambda X, error: function(_of_each_row(X, error), axis=1)


def _squared(p, y):
    return (p - y) ** 2


def _one(X):
    return 1


PAIRS = (
    "The labels or the predictions became a column, so each of n predictions met each of n "
    "labels: n·n differences. Keep both in shape (n_samples,)."
)
PER_ROW = "That is one number for each row; the gradient has one for each weight: mean over axis 0."
COMMON = [
    ("You summed over the rows; the gradient of a mean is a mean.", {"count": _one}),
    ("The sign is wrong: prediction minus y is asked for.", {"error": lambda p, y: y - p}),
    ("You divided by the number of features, not of rows.", {"count": lambda X: X.shape[1]}),
    ("You made a column of shape (n_features, 1).", {"combine": lambda X, e: (X.T @ e)[:, None]}),
    ("You averaged over the features too.", {"combine": lambda X, e: (X.T @ e).mean()}),
]
ROWS = [
    (
        "You summed over the rows; the loss is a mean, so its gradient is one too.",
        {"count": _one},
    ),
    (
        "The sign is wrong: the gradient holds the prediction minus y, not y minus the prediction.",
        {"error": lambda p, y: y - p},
    ),
    (
        "You divided by the number of features; the mean is over the rows.",
        {"count": lambda X: X.shape[1]},
    ),
    (
        "You divided by the number of all elements of X; the mean is over the rows.",
        {"count": np.size},
    ),
    (
        "You divided by n − 1; the mean divides by n.",
        {"count": lambda X: max(len(X) - 1, 1)},
    ),
    ("You divided by the number of rows twice.", {"count": lambda X: len(X) ** 2}),
    (
        "You divided by BATCH_SIZE, 16; the mean divides by the number of rows that came.",
        {"count": lambda X: 16},
    ),
    (
        "You averaged over the features too: the gradient has one number per weight.",
        {"combine": lambda X, error: _of_each_row(X, error).mean(), "count": _one},
    ),
    (
        "You summed over the features too: the gradient has one number per weight.",
        {"combine": lambda X, error: _of_each_row(X, error).sum()},
    ),
    (PER_ROW, {"combine": _over_features(np.mean), "count": _one}),
    (PER_ROW, {"combine": _over_features(np.sum), "count": _one}),
    (PER_ROW, {"combine": _over_features(np.sum)}),
    (
        "These are the gradients of each row; their mean over the rows (axis 0) is missing.",
        {"combine": _of_each_row, "count": _one},
    ),
    (
        "These are the gradients of each row, divided by n: sum them over the rows (axis 0).",
        {"combine": _of_each_row},
    ),
    (
        "You made a column of shape (n_features, 1); one axis, (n_features,), is asked for. "
        "X.T @ residuals gives that, if the residuals have one axis.",
        {"combine": lambda X, error: (X.T @ error)[:, None]},
    ),
    (
        "You made one row of shape (1, n_features); one axis, (n_features,), is asked for.",
        {"combine": lambda X, error: (X.T @ error)[None]},
    ),
    (PAIRS, {"error": lambda p, y: (p - y[:, None]).mean(axis=1)}),
    (PAIRS, {"error": lambda p, y: (p - y[:, None]).sum(axis=1)}),
    (PAIRS, {"error": lambda p, y: (p - y[:, None]).sum(axis=0)}),
    (PAIRS, {"error": lambda p, y: (p - y[:, None]).mean(axis=0)}),
    (PAIRS, {"error": lambda p, y: p - y[:, None]}),
    (PAIRS, {"error": lambda p, y: p[:, None] - y}),
    ("y is forgotten: the gradient holds prediction minus y.", {"error": lambda p, y: p}),
    (
        "The prediction is forgotten: the gradient holds prediction minus y.",
        {"error": lambda p, y: -y},
    ),
    ("You added y; the gradient holds prediction minus y.", {"error": np.add}),
    (
        "The features are forgotten: each weight's share is the residual times its feature.",
        {"combine": lambda X, error: np.full(X.shape[1], error.sum())},
    ),
    (
        "The features are forgotten: this is the mean residual, one number; each weight's share is "
        "the residual times its feature.",
        {"combine": lambda X, error: error.sum()},
    ),
    (
        "You returned the residuals; times the features, and averaged over the rows, they are the "
        "gradient.",
        {"combine": lambda X, error: error, "count": _one},
    ),
    (
        "You averaged features and residuals apart; multiply each row's residual by its own "
        "features first, then take the mean.",
        {"combine": lambda X, error: X.mean(axis=0) * error.sum()},
    ),
    ("You squared the residuals: the gradient holds them as they are.", {"error": _squared}),
    (
        "The sign of the residuals is lost: no absolute value belongs here.",
        {"error": lambda p, y: np.abs(p - y)},
    ),
    (
        "Only the sign of the residual is left; its size counts too.",
        {"error": lambda p, y: np.sign(p - y)},
    ),
    (
        "You multiplied by |x|; each feature keeps its sign.",
        {"combine": lambda X, error: np.abs(X).T @ error},
    ),
    (
        "You multiplied by the squares of the features; once is enough.",
        {"combine": lambda X, error: (X**2).T @ error},
    ),
]
