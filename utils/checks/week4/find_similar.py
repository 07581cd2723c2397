"""Check of `find_similar`: the Euclidean distance, the order, the query itself among the codes."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

from ..check import new_check

find_similar = new_check(__name__)


@find_similar.witness("scikit-learn's NearestNeighbors")
def by_scikit_learn(codes, query_code, k):
    if len(np.unique(codes, axis=0)) < len(codes):  # it orders equal ones as it likes
        return np.argsort(np.linalg.norm(codes - query_code, axis=1), kind="stable")[:k]
    found = NearestNeighbors(n_neighbors=k, algorithm="brute").fit(codes)
    return found.kneighbors(query_code[None], return_distance=False)[0]


def _squared(codes, query_code):
    return np.square(codes - query_code).sum(axis=1)


def _cosines(codes, query_code):
    lengths = np.linalg.norm(codes, axis=1) * np.linalg.norm(query_code)
    return codes @ query_code / lengths


def _stable(distances, _):
    return np.argsort(distances, kind="stable")


def _unstable(distances, _):
    return np.argsort(distances)


def _similar(
    codes, query_code, k, distance=_squared, start=0, order=_stable, then=lambda rows: rows,
):  # fmt: skip
    return then(order(distance(codes, query_code), k)[start : start + k])


FARTHEST = "You return the farthest codes; sort the distances in ascending order."
TIES = (
    "Of equally near codes the first row must come first, and NumPy's default sort doesn't keep "
    'their order: kind="stable" does.'
)
UNSORTED = "`argpartition` finds the k nearest and leaves them unsorted: the nearest comes first."
COSINE = "You compare directions, by the cosine; the Euclidean distance is asked for."
DOT = "The dot product favours long codes; the Euclidean distance is asked for."
DISTANCES = "You return the distances; the row numbers are asked for."
find_similar.add_mistakes(
    _similar,
    [
        (FARTHEST, {"distance": lambda codes, query: -_squared(codes, query)}),
        (FARTHEST, {"order": lambda distances, k: np.argsort(distances, kind="stable")[::-1]}),
        (FARTHEST, {"order": lambda distances, k: np.argsort(distances)[::-1]}),
        (
            "You return the k farthest codes: the smallest distances stand at the start of the "
            "order, so take `[:k]`.",
            {"order": lambda distances, k: np.argsort(distances, kind="stable")[-k:]},
        ),
        (
            "You left out the nearest: no code is excluded, not even one that equals the query.",
            {"start": 1},
        ),
        (DOT, {"distance": lambda codes, query: -codes @ query}),
        (
            "You sort by the dot product, the smallest first; the Euclidean distance is asked for.",
            {"distance": lambda codes, query: codes @ query},
        ),
        (COSINE, {"distance": lambda codes, query: -_cosines(codes, query)}),
        (COSINE, {"distance": lambda codes, query: 1 - _cosines(codes, query)}),
        (COSINE, {"distance": lambda codes, query: -_cosines(codes, query), "order": _unstable}),
        (DOT, {"distance": lambda codes, query: -codes @ query, "order": _unstable}),
        (
            "You sort by the cosine, the smallest first, which is the farthest direction; the "
            "Euclidean distance is asked for.",
            {"distance": _cosines},
        ),
        ("The k rows are the right ones, but the nearest must come first.", {"then": np.sort}),
        (
            "You sum the differences with their signs, which cancel; square them before the sum.",
            {"distance": lambda codes, query: np.abs((codes - query).sum(axis=1))},
        ),
        (
            "You sum the differences with their signs, so that the most negative sum wins; square "
            "them before the sum.",
            {"distance": lambda codes, query: (codes - query).sum(axis=1)},
        ),
        (
            "You add up absolute differences (L1); the Euclidean distance adds up squares.",
            {"distance": lambda codes, query: np.abs(codes - query).sum(axis=1)},
        ),
        (
            "You take the largest difference; the Euclidean distance adds up the squares of all.",
            {"distance": lambda codes, query: np.abs(codes - query).max(axis=1)},
        ),
        (
            "You sum over axis 0, which gives one number for each place in a code: a distance for "
            "each row is a sum over axis 1.",
            {"distance": lambda codes, query: np.square(codes - query).sum(axis=0)},
        ),
        (
            "You compare the lengths of the codes, each by itself; take the length of the "
            "difference from the query.",
            {
                "distance": lambda codes, query: np.abs(
                    np.linalg.norm(codes, axis=1) - np.linalg.norm(query)
                )
            },
        ),
        (TIES, {"order": _unstable}),
        (
            "Of equally near codes the last row comes first in your result: don't reverse a "
            "stable order, sort in ascending order.",
            {
                "order": lambda distances, k: (
                    np.argsort(distances[::-1], kind="stable") * -1 + len(distances) - 1
                )
            },
        ),
        (UNSORTED, {"order": lambda distances, k: np.argpartition(distances, k - 1)}),
        (
            UNSORTED,
            {"order": lambda distances, k: np.argpartition(distances, min(k, len(distances) - 1))},
        ),
        (
            "One row too few: k are asked for.",
            {"then": lambda rows: rows[:-1]},
        ),
        (
            "Your rows come as a list; return a NumPy array, of shape (k,).",
            {"then": lambda rows: rows.tolist()},
        ),
    ],
)


@find_similar.mistake(
    "Rows at distance 0 are left out: a code that equals the query is the nearest of all."
)
def without_equal_ones(codes, query_code, k):
    rows = _similar(codes, query_code, len(codes))
    return rows[_squared(codes, query_code)[rows] > 0][:k]


@find_similar.mistake(DISTANCES)
def returns_distances(codes, query_code, k):
    return np.sort(np.linalg.norm(codes - query_code, axis=1))[:k]


@find_similar.mistake(DISTANCES)
def returns_squares(codes, query_code, k):
    return np.sort(_squared(codes, query_code))[:k]


@find_similar.mistake("You return the codes themselves; their row numbers are asked for.")
def returns_codes(codes, query_code, k):
    return codes[_similar(codes, query_code, k)]


@find_similar.alternative
def by_norm(codes, query_code, k):
    distances = np.linalg.norm(codes - query_code[None, :], axis=-1)
    return np.argsort(distances, kind="stable")[:k]


@find_similar.alternative
def by_sorting_pairs(codes, query_code, k):
    pairs = sorted((float(np.sum((c - query_code) ** 2)), row) for row, c in enumerate(codes))
    return np.array([row for _, row in pairs[:k]])
