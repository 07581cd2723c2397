"""How wrong and right answers scale vectors and rank words."""

import numpy as np


def unit_vectors(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def unscaled(vectors):
    return vectors


def closeness(vectors, target):
    """Return minus the Euclidean distance of each vector to the target."""
    return -np.linalg.norm(vectors - target, axis=1)


def best_words(scores, k, without=()):
    """Return the k ids of the largest scores, except some."""
    order = [int(number) for number in np.argsort(-scores) if number not in without]
    return np.array(order[:k], dtype=int)


def partitioned(scores, k):
    """Return the ids of the k largest scores, as argpartition leaves them."""
    return np.argpartition(-scores, min(k, len(scores)) - 1)[:k]


UNSORTED = "`argpartition` finds the k best and leaves them unsorted: the best comes first."
AS_LIST = "Your ids come as a list; return a NumPy array, of shape (k,)."
