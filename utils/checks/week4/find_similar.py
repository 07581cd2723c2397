"""Check of `find_similar`: points, the mistakes people make, sound variants."""

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


@find_similar.mistake("You return the farthest codes; sort the distances upwards.")
def farthest(codes, query_code, k):
    return np.argsort(-np.square(codes - query_code).sum(axis=1), kind="stable")[:k]


@find_similar.mistake(
    "You left out the nearest: no code is excluded here, not even one that equals the query."
)
def skips_the_first(codes, query_code, k):
    return np.argsort(np.square(codes - query_code).sum(axis=1), kind="stable")[1 : k + 1]


@find_similar.mistake(
    "You compare by the dot product, which prefers long codes; the distance is asked for."
)
def by_dot_product(codes, query_code, k):
    return np.argsort(-codes @ query_code, kind="stable")[:k]


@find_similar.mistake("You compare directions, by the cosine; the Euclidean distance is asked for.")
def by_cosine(codes, query_code, k):
    lengths = np.linalg.norm(codes, axis=1)
    return np.argsort(-(codes @ query_code) / lengths, kind="stable")[:k]


@find_similar.mistake("You return the distances; the row numbers are asked for.")
def returns_distances(codes, query_code, k):
    return np.sort(np.linalg.norm(codes - query_code, axis=1))[:k]


@find_similar.mistake("You return the codes themselves; their row numbers are asked for.")
def returns_codes(codes, query_code, k):
    return codes[np.argsort(np.square(codes - query_code).sum(axis=1), kind="stable")[:k]]


@find_similar.mistake("The k rows are the right ones, but the nearest must come first.")
def unordered(codes, query_code, k):
    distances = np.square(codes - query_code).sum(axis=1)
    return np.sort(np.argsort(distances, kind="stable")[:k])


@find_similar.mistake(
    "You sum the differences with their signs, which cancel; square them before the sum."
)
def signs_cancel(codes, query_code, k):
    return np.argsort(np.abs((codes - query_code).sum(axis=1)), kind="stable")[:k]


@find_similar.alternative
def by_norm(codes, query_code, k):
    distances = np.linalg.norm(codes - query_code[None, :], axis=-1)
    return np.argsort(distances, kind="stable")[:k]


@find_similar.alternative
def by_sorting_pairs(codes, query_code, k):
    pairs = sorted((float(np.sum((c - query_code) ** 2)), row) for row, c in enumerate(codes))
    return np.array([row for _, row in pairs[:k]])
