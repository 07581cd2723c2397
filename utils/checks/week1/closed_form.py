"""Check of `closed_form`: the penalty counts n times, on the whole diagonal."""

import numpy as np

from ..check import new_check

closed_form = new_check(__name__)


@closed_form.mistake("The loss is a mean but Xᵀ·X is a sum, so l2 counts n times: Xᵀ·X + n·l2·I.")
def l2_not_scaled(X, y, l2):
    return np.linalg.solve(X.T @ X + l2 * np.eye(X.shape[1]), X.T @ y)


@closed_form.mistake("The penalty is missing: l2 never enters your answer.")
def no_penalty(X, y, l2):
    return np.linalg.lstsq(X, y, rcond=None)[0]


@closed_form.mistake("All weights are penalised here, the last one too.")
def last_weight_free(X, y, l2):
    penalty = l2 * len(X) * np.eye(X.shape[1])
    penalty[-1, -1] = 0
    return np.linalg.solve(X.T @ X + penalty, X.T @ y)


@closed_form.mistake(
    "You added l2 to every entry of Xᵀ·X; it belongs on the diagonal: l2 * np.eye(…)."
)
def no_identity(X, y, l2):
    return np.linalg.solve(X.T @ X + l2 * len(X), X.T @ y)


@closed_form.mistake("The sign of the penalty is wrong: it is added to Xᵀ·X.")
def penalty_subtracted(X, y, l2):
    return np.linalg.solve(X.T @ X - l2 * len(X) * np.eye(X.shape[1]), X.T @ y)


@closed_form.alternative
def by_inverse(X, y, l2):
    n, d = X.shape
    return np.linalg.inv(X.T @ X / n + l2 * np.identity(d)) @ (X.T @ y / n)


@closed_form.alternative
def by_stacked_rows(X, y, l2):
    n, d = X.shape
    tall = np.vstack([X, np.sqrt(n * l2) * np.eye(d)])
    return np.linalg.lstsq(tall, np.concatenate([y, np.zeros(d)]), rcond=None)[0]
