"""Check of `closed_form`: the penalty counts n times, on the whole diagonal."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_VECTOR, in_form
from ._wrong_systems import ROWS, closed, least_squares

closed_form = new_check(__name__)


closed_form.add_mistakes(closed, ROWS)


@closed_form.mistake("You centred X, or fitted an intercept; here there is none.")
def centred(X, y, l2):
    X, y = X - X.mean(axis=0), y - y.mean()
    return closed(X, y, l2, solve=least_squares)


@closed_form.mistake(
    "You centred X, or fitted an intercept, as Ridge does by itself; and l2 counts n times."
)
def centred_and_not_scaled(X, y, l2):
    X, y = X - X.mean(axis=0), y - y.mean()
    return closed(X, y, l2, penalty=lambda n, d: np.eye(d), solve=least_squares)


@closed_form.mistake("You returned the predictions X @ w; return w.")
def predictions(X, y, l2):
    return X @ closed(X, y, l2)


@closed_form.mistake("l2 is added to w; it belongs on the diagonal of the system's matrix.")
def added_to_w(X, y, l2):
    return np.linalg.lstsq(X, y, rcond=None)[0] + l2


@closed_form.mistake("Xᵀ·y is missing: you returned (Xᵀ·X + n·l2·I)⁻¹·Xᵀ.")
def without_y(X, y, l2):
    n, d = X.shape
    return np.linalg.inv(X.T @ X + n * l2 * np.eye(d)) @ X.T


closed_form.add_mistakes(in_form(closed), OF_A_VECTOR)


@closed_form.mistake("The penalty shrank w afterwards, w / (1 + l2); it belongs into the system.")
def shrunk(X, y, l2):
    return np.linalg.lstsq(X, y, rcond=None)[0] / (1 + l2)


@closed_form.mistake("The identity must have as many rows as there are features, not samples.")
def identity_of_rows(X, y, l2):
    return np.linalg.solve(X.T @ X / len(X) + l2 * np.eye(len(X)), X.T @ y / len(X))


@closed_form.mistake("The order is wrong: Xᵀ·X, features times features, is X.T @ X.")
def outer_product(X, y, l2):
    n, d = X.shape
    return np.linalg.solve(X @ X.T + n * l2 * np.eye(d), X.T @ y)


@closed_form.alternative
def by_inverse(X, y, l2):
    n, d = X.shape
    return np.linalg.inv(X.T @ X / n + l2 * np.identity(d)) @ (X.T @ y / n)


@closed_form.alternative
def by_stacked_rows(X, y, l2):
    n, d = X.shape
    tall = np.vstack([X, np.sqrt(n * l2) * np.eye(d)])
    return np.linalg.lstsq(tall, np.concatenate([y, np.zeros(d)]), rcond=None)[0]
