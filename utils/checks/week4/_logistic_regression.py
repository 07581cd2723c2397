"""How often logistic regression is right that saw the labels of a few rows only."""

from functools import lru_cache

import numpy as np
from scipy.stats import zscore

from ..probes.week4.few_label_accuracy import draw_overlapping

SPLITS, STEPS = 200, 12


@lru_cache
def accuracies(seed, num_known):
    """Return the accuracies on rows of the probe for many choices of the known ones, (SPLITS,).

    They are fitted all at once by Newton's method, with the penalty that scikit-learn has: |w|²/2
    beside the summed loss, none on the offset.
    """
    rows, labels = draw_overlapping(seed)
    rows = np.insert(zscore(rows), 0, 1, axis=1)  # for the offset
    order = _orders(labels, np.random.default_rng(seed + 1))
    known, others = np.split(order, [num_known], axis=1)
    x, y = rows[known], labels[known]
    w, penalty = np.zeros((SPLITS, rows.shape[1])), np.arange(rows.shape[1]) > 0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.einsum("snc,sc->sn", x, w)))
        slope = np.einsum("snc,sn->sc", x, p - y) + penalty * w
        curvature = (x * (p * (1 - p))[..., None]).swapaxes(1, 2) @ x + np.diag(penalty)
        w -= np.linalg.solve(curvature, slope[..., None])[..., 0]
    said = np.einsum("snc,sc->sn", rows[others], w) > 0
    return np.mean(said == labels[others], axis=1)


def _orders(labels, rng):
    """Return orders of the rows, (SPLITS, n), in which the classes take turns: 0, 1, 0, 1, …"""
    places = np.empty((SPLITS, len(labels)), int)
    for label in (0, 1):
        some = np.flatnonzero(labels == label)
        places[:, some] = 2 * rng.random((SPLITS, len(some))).argsort(axis=1) + label
    return places.argsort(axis=1)
