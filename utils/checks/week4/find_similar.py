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


def _similar(codes, query_code, k, distance=_squared, start=0, then=lambda rows: rows):
    order = np.argsort(distance(codes, query_code), kind="stable")
    return then(order[start : start + k])


find_similar.add_mistakes(
    _similar,
    {
        "You return the farthest codes; sort the distances in ascending order.": {
            "distance": lambda codes, query: -_squared(codes, query)
        },
        "You left out the nearest: no code is excluded, not even one that equals the query.": {
            "start": 1
        },
        "The dot product favours long codes; the Euclidean distance is asked for.": {
            "distance": lambda codes, query: -codes @ query
        },
        "You compare directions, by the cosine; the Euclidean distance is asked for.": {
            "distance": lambda codes, query: -(codes @ query) / np.linalg.norm(codes, axis=1)
        },
        "The k rows are the right ones, but the nearest must come first.": {"then": np.sort},
        "You sum the differences with their signs, which cancel; square them before the sum.": {
            "distance": lambda codes, query: np.abs((codes - query).sum(axis=1))
        },
    },
)


@find_similar.mistake("You return the distances; the row numbers are asked for.")
def returns_distances(codes, query_code, k):
    return np.sort(np.linalg.norm(codes - query_code, axis=1))[:k]


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
