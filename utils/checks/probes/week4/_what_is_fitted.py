"""What a classifier of scikit-learn is given to learn from, seen while a function runs."""

import functools
from contextlib import contextmanager

import numpy as np
from sklearn.linear_model import LogisticRegression

RIGHT = "mean 0 and deviation 1 over all rows"


def what_is_fitted(function, rows, labels, num_labeled, rng):
    """Return in words what `function` fits a LogisticRegression to, and with which options."""
    with _watched_fits() as fits:
        function(rows, labels, num_labeled, rng)
    if not fits:
        return {"a LogisticRegression is fitted": False}
    options, x, y = fits[-1]
    x, y = np.asarray(x, float), np.asarray(y).ravel()
    return {
        "a LogisticRegression is fitted": True,
        "its options": options,
        "how many rows it learns from": len(y),
        "how many of them are of class 1": int(np.sum(y == 1)),
        "how many of them are different": len(np.unique(x, axis=0)) if x.ndim == 2 else 0,
        "how columns are scaled": _scaling(x, np.reshape(rows, (len(rows), -1)).astype(float)),
    }


@contextmanager
def _watched_fits():
    """Keep what each fit of a LogisticRegression gets: its options, rows, labels."""
    fits, own = [], LogisticRegression.fit

    @functools.wraps(own)
    def fit(model, X, y, *args, **options):
        fits.append((_other_options(model), X, y))
        return own(model, X, y, *args, **options)

    LogisticRegression.fit = fit
    try:
        yield fits
    finally:
        LogisticRegression.fit = own


def _other_options(model):
    """Return in words which options aren't the default, or "none". `max_iter` isn't among them, nor
    what changes no result."""
    default, free = LogisticRegression().get_params(), ("max_iter", "random_state", "verbose")
    other = {
        name: value
        for name, value in model.get_params().items()
        if name not in (*free, "n_jobs", "tol", "solver", "warm_start") and value != default[name]
    }
    return ", ".join(f"{name}={value!r}" for name, value in sorted(other.items())) or "none"


def _scaling(x, rows):
    """Return in words how the columns of the known rows, x, were scaled from all rows."""
    ways = {
        RIGHT: (rows - rows.mean(axis=0)) / rows.std(axis=0),
        "as they were": rows,
        "mean 0 only": rows - rows.mean(axis=0),
        "deviation 1 only": rows / rows.std(axis=0),
        "row by row": _standardized(rows, 1),
        "all columns together": (rows - rows.mean()) / rows.std(),
        "divided by the variance": (rows - rows.mean(axis=0)) / rows.var(axis=0),
        "from 0 to 1": (rows - rows.min(axis=0)) / np.ptp(rows, axis=0),
        "from −1 to 1": 2 * (rows - rows.min(axis=0)) / np.ptp(rows, axis=0) - 1,
        "each row to length 1": rows / np.linalg.norm(rows, axis=1, keepdims=True),
    }
    if x.ndim != 2 or x.shape[1] != rows.shape[1]:
        return f"to another shape, {x.shape}"
    for name, scaled in ways.items():
        if _all_among(x, scaled):
            return name
    if np.allclose(x.mean(axis=0), 0, atol=1e-3) and np.allclose(x.std(axis=0), 1, atol=2e-2):
        return "mean 0 and deviation 1 over the labelled rows alone"
    return "in another way"


def _standardized(rows, axis):
    spread = rows.std(axis=axis, keepdims=True)
    return (rows - rows.mean(axis=axis, keepdims=True)) / spread


def _all_among(x, rows):
    """Whether each row of x is one of these, to a hundredth: a deviation may divide by n − 1."""
    differences = np.abs(x[:, None] - rows[None]).max(axis=2).min(axis=1)
    return bool((differences < 0.01 * (1e-3 + np.abs(x).max(axis=1))).all())
