"""Check of `mse_loss`: the plain mean of the squares, and what is often taken for it."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_NUMBER, in_form

mse_loss = new_check(__name__)


def _predict(X, w):
    return X @ w


def _loss(X, y, w, predict=_predict, residuals=np.subtract, power=np.square, reduce=np.mean):
    return reduce(power(residuals(predict(X, w), y)))


def _sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def _summed(residuals):
    return np.abs(residuals).sum()


PAIRS = (
    "The targets or the predictions became a column, so each of n predictions met each of n "
    "targets: n·n residuals. Keep both in shape (n_samples,)."
)

mse_loss.add_mistakes(
    _loss,
    [
        ("You summed over the samples; the loss is a mean.", {"reduce": np.sum}),
        (
            "The factor of ½ doesn't belong here: this is the plain mean.",
            {"reduce": lambda x: x.mean() / 2},
        ),
        (
            "You summed, and took half: the loss is the plain mean, without ½.",
            {"reduce": lambda x: x.sum() / 2},
        ),
        ("The 2 doesn't belong here: this is the plain mean.", {"reduce": lambda x: 2 * x.mean()}),
        (
            "This is the root mean squared error (RMSE): leave out the root.",
            {"reduce": lambda x: np.sqrt(x.mean())},
        ),
        (
            "This is the norm of the residuals: their squares, averaged, are asked for.",
            {"reduce": lambda x: np.sqrt(x.sum())},
        ),
        (
            "This is the norm of the residuals, divided by n: square the norm before you divide.",
            {"reduce": lambda x: np.sqrt(x.sum()) / len(x)},
        ),
        (
            "You squared after you divided the norm by n: ‖residuals‖² / n is asked for.",
            {"reduce": lambda x: x.sum() / len(x) ** 2},
        ),
        (
            "These are the squared residuals of each row: take their mean.",
            {"reduce": np.positive},
        ),
        ("You took the median of the squares; the mean is asked for.", {"reduce": np.median}),
        ("You took the largest square; the mean is asked for.", {"reduce": np.max}),
        (
            "The sign is wrong: a mean of squares is never negative.",
            {"reduce": lambda x: -x.mean()},
        ),
        (
            "You divided by n − 1; the plain mean divides by n.",
            {"reduce": lambda x: x.sum() / max(len(x) - 1, 1)},
        ),
        ("This is the mean absolute error: square the residuals.", {"power": np.abs}),
        ("These are absolute residuals, summed: square them, and average.", {"power": _summed}),
        ("The square is missing: this is the mean residual.", {"power": np.positive}),
        ("You cubed the residuals; square them.", {"power": lambda r: r**3}),
        ("You doubled the residuals; square them.", {"power": lambda r: 2 * r}),
        (
            "You squared the mean of the residuals; take the mean of their squares.",
            {"power": np.mean, "reduce": np.square},
        ),
        (
            "You squared the sum of the residuals, and divided by n; sum their squares.",
            {"power": lambda r: r.sum() ** 2 / len(r)},
        ),
        (
            "You squared the sum of the residuals; take the mean of their squares.",
            {"power": np.sum, "reduce": np.square},
        ),
        (
            "This is the variance of the residuals, which ignores their mean; take the mean of "
            "their squares.",
            {"power": np.var},
        ),
        ("This is the standard deviation of the residuals.", {"power": np.std}),
        (
            "Only y is squared: put brackets around X @ w − y.",
            {"residuals": lambda p, y: p - y**2, "power": np.positive},
        ),
        (
            "Predictions and targets are squared apart: square their difference.",
            {"residuals": lambda p, y: p**2 - y**2, "power": np.positive},
        ),
        ("You added y; the residual is X @ w − y.", {"residuals": np.add}),
        ("y is forgotten: the residual is X @ w − y.", {"residuals": lambda p, y: p}),
        (
            "The predictions are forgotten: the residual is X @ w − y.",
            {"residuals": lambda p, y: y},
        ),
        (
            "You divided the residuals by y; they count as they are.",
            {"residuals": lambda p, y: (p - y) / y},
        ),
        (PAIRS, {"residuals": lambda p, y: p - y[:, None]}),
        (
            PAIRS,
            {"residuals": lambda p, y: p - y[:, None], "reduce": lambda x: x.sum() / len(x)},
        ),
        (
            "X * w isn't summed, so each feature predicts alone: the prediction is X @ w.",
            {"residuals": lambda p, y: p - y[:, None], "predict": np.multiply},
        ),
        (
            "You averaged X * w over the features; the prediction is their sum, X @ w.",
            {"predict": lambda X, w: (X * w).mean(axis=1)},
        ),
        (
            "The predictions of a regression are X @ w itself: no sigmoid, no `probability`.",
            {"predict": lambda X, w: _sigmoid(X @ w)},
        ),
        (
            "You rounded the predictions; they count as they are.",
            {"predict": lambda X, w: np.round(X @ w)},
        ),
    ],
)


mse_loss.add_mistakes(in_form(_loss), OF_A_NUMBER)


@mse_loss.mistake("This is R², or nearly: the plain mean of the squares is asked for.")
def r_squared(X, y, w):
    return 1 - np.mean((X @ w - y) ** 2) / (np.var(y) or 1)


@mse_loss.mistake("You divided by the number of features; the mean is over the samples.")
def by_features(X, y, w):
    return np.sum((X @ w - y) ** 2) / X.shape[1]


@mse_loss.mistake("You divided by the number of all elements of X; the mean is over the samples.")
def by_elements(X, y, w):
    return np.sum((X @ w - y) ** 2) / X.size


@mse_loss.mistake("You divided by n minus the number of features; the plain mean divides by n.")
def by_degrees_of_freedom(X, y, w):
    return np.sum((X @ w - y) ** 2) / max(len(X) - X.shape[1], 1)


@mse_loss.mistake("You added a penalty on w; the loss is the mean of the squared residuals alone.")
def with_penalty(X, y, w):
    return np.mean((X @ w - y) ** 2) + np.sum(w**2)


@mse_loss.mistake("You returned the gradient; the loss is one number.")
def gradient_itself(X, y, w):
    return 2 * X.T @ (X @ w - y) / len(X)


@mse_loss.mistake("You divided by the variance of y, as in 1 − R²; the plain mean is asked for.")
def unexplained_share(X, y, w):
    return np.mean((X @ w - y) ** 2) / (np.var(y) or 1)


@mse_loss.alternative
def by_dot(X, y, w):
    residuals = y - X.dot(w)
    return residuals @ residuals / len(y)


@mse_loss.alternative
def by_average(X, y, w):
    return float(np.average(np.square((X * w).sum(axis=1) - y)))
