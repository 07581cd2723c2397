"""How wrong and right answers rank words."""

import numpy as np


def unit_vectors(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def best_words(scores, k, without=()):
    """Return the k ids of the largest scores, except some."""
    order = [int(number) for number in np.argsort(-scores) if number not in without]
    return np.array(order[:k], dtype=int)
