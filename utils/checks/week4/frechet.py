"""Check of `frechet`: both parts of the distance, covariances, the root of a matrix."""

import numpy as np
from scipy.linalg import sqrtm

from ..check import new_check

frechet = new_check(__name__, rtol=1e-3, atol=1e-3)


def _covariance(codes, ddof=1):
    centred = codes - codes.mean(axis=0)
    return centred.T @ centred / (len(codes) - ddof)


def _trace_of_root(a, b):
    return np.sqrt(np.linalg.eigvals(a @ b).real.clip(min=0)).sum()


def _frechet(
    codes, others, gap=lambda step: step @ step, covariance=_covariance, root=_trace_of_root,
    factor=2, then=lambda distance: distance,
):  # fmt: skip
    codes, others = np.asarray(codes, float), np.asarray(others, float)
    a, b = covariance(codes), covariance(others)
    traces = np.trace(a) + np.trace(b) - factor * root(a, b)
    return then(float(gap(codes.mean(axis=0) - others.mean(axis=0)) + traces))


frechet.add_mistakes(
    _frechet,
    {
        "The means are missing: add the squared length of their difference.": {
            "gap": lambda step: 0.0
        },
        "The length of the means' difference belongs squared.": {"gap": np.linalg.norm},
        "You took the mean over the squares of the means' difference: sum them.": {
            "gap": lambda step: np.mean(step**2)
        },
        "The root of a matrix isn't that of its entries: use eigenvalues, or SciPy's sqrtm.": {
            "root": lambda a, b: np.trace(np.sqrt((a @ b).clip(min=0)))
        },
        "The product of the covariances is that of matrices, `a @ b`, not of their entries.": {
            "root": lambda a, b: np.sqrt(np.linalg.eigvals(a * b).real.clip(min=0)).sum()
        },
        "The root is missing: you took the trace of C₁C₂ itself.": {
            "root": lambda a, b: np.trace(a @ b)
        },
        "You subtracted the trace of the root once; the formula has it twice.": {"factor": 1},
        "The covariances are divided by n; NumPy's `np.cov` divides by n − 1.": {
            "covariance": lambda codes: _covariance(codes, 0)
        },
        "np.cov takes each row for a variable: transpose the codes, or pass rowvar=False.": {
            "covariance": np.cov
        },
        "You took the columns' variances alone; the covariances between columns count too.": {
            "covariance": lambda codes: np.diag(codes.var(axis=0, ddof=1))
        },
        "You added the root; the formula subtracts it.": {"factor": -2},
        "You took the square root of the result; leave it as it is.": {
            "then": lambda distance: float(np.sqrt(max(distance, 0)))
        },
        "You took standard deviations in place of covariances.": {
            "covariance": lambda codes: np.diag(codes.std(axis=0, ddof=1))
        },
    },
)


@frechet.alternative
def by_sqrtm(codes, others):
    a, b = np.cov(codes, rowvar=False), np.cov(others, rowvar=False)
    root = np.real(sqrtm(a @ b))
    step = np.mean(codes, 0) - np.mean(others, 0)
    return np.sum(step**2) + np.trace(a + b - 2 * root)


@frechet.alternative
def by_symmetric_roots(codes, others):
    """The trace of the root of ab is that of the root of √a b √a, which is symmetric."""
    a, b = np.cov(codes.T), np.cov(others.T)
    values, vectors = np.linalg.eigh(a)
    half = vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T
    roots = np.sqrt(np.maximum(np.linalg.eigvalsh(half @ b @ half), 0))
    gap = np.linalg.norm(codes.mean(0) - others.mean(0)) ** 2
    return gap + np.trace(a) + np.trace(b) - 2 * roots.sum()


@frechet.alternative
def by_singular_values(codes, others):
    """The trace of that root is also the sum of singular values of √a √b."""
    halves = []
    for cloud in (codes, others):
        values, vectors = np.linalg.eigh(np.cov(cloud.T))
        halves.append(vectors @ np.diag(np.sqrt(values.clip(0))) @ vectors.T)
    nuclear = np.linalg.svd(halves[0] @ halves[1], compute_uv=False).sum()
    squares = sum(np.sum(half**2) for half in halves)
    return float(((codes.mean(0) - others.mean(0)) ** 2).sum() + squares - 2 * nuclear)
