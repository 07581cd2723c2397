"""Check of `nearest_words`: cosines, not dot products or distances; the word itself left out."""

import numpy as np

from ..check import new_check
from ._word_vectors import (
    AS_LIST,
    UNSORTED,
    best_words,
    closeness,
    partitioned,
    unit_vectors,
    unscaled,
)

nearest_words = new_check(__name__)


def _cosines(vectors, index):
    unit = unit_vectors(vectors)
    return unit @ unit[index]


def _nearest(
    vectors, index, k, scale=unit_vectors, score=np.matmul, itself=False, then=lambda best: best
):
    scaled = scale(vectors)
    return then(best_words(score(scaled, scaled[index]), k, () if itself else {index}))


def _by_order(vectors, index, k, own=-np.inf, order=lambda scores, k: np.argsort(-scores)[:k]):
    """Return words by their cosines, with `own` for that of the word itself."""
    cosines = _cosines(vectors, index)
    if own is not None:
        cosines[index] = own
    return order(cosines, k)


nearest_words.add_mistakes(
    _nearest,
    {
        "The word is returned as its own nearest neighbour: leave it out.": {"itself": True},
        "One word too few: leave out the word itself first, then take k.": {
            "itself": True,
            "then": lambda best: best[1:],
        },
        "The dot product favours long vectors: divide by the lengths for the cosine.": {
            "scale": unscaled
        },
        "You took the Euclidean distance; the cosine doesn't depend on the vectors' lengths.": {
            "scale": unscaled,
            "score": closeness,
        },
        "These are the words farthest away: the largest cosines come first.": {
            "score": lambda vectors, word: -(vectors @ word)
        },
        "The right words, but the nearest one comes last: reverse the order.": {"then": np.flip},
        "An opposite vector isn't near: its cosine is −1. Don't square it or drop its sign.": {
            "score": lambda vectors, word: np.abs(vectors @ word)
        },
        "You scaled the columns; a word's vector is a row, so sum along axis 1 for its length.": {
            "scale": lambda vectors: vectors / np.linalg.norm(vectors, axis=0)
        },
        "You divided by the squared lengths, so short vectors win: divide by the lengths.": {
            "scale": lambda vectors: vectors,
            "score": lambda vectors, word: vectors @ word / (vectors**2).sum(axis=1),
        },
        "You multiplied by the lengths: divide by them for the cosine.": {
            "scale": lambda vectors: vectors * np.linalg.norm(vectors, axis=1, keepdims=True)
        },
        "You divided by sums of absolute numbers; a length is the root of a sum of squares.": {
            "scale": lambda vectors: vectors / np.abs(vectors).sum(axis=1, keepdims=True)
        },
        "You divided by the sums of the vectors' numbers; their lengths are asked for.": {
            "scale": lambda vectors: vectors / vectors.sum(axis=1, keepdims=True)
        },
        "You took means off first, as for a correlation; the cosine takes vectors as they are.": {
            "scale": lambda vectors: unit_vectors(vectors - vectors.mean(axis=1, keepdims=True))
        },
        "You took the mean vector off first; the cosine takes vectors as they are.": {
            "scale": lambda vectors: unit_vectors(vectors - vectors.mean(axis=0))
        },
        "You add up absolute differences; the cosine of the angle is asked for.": {
            "scale": unscaled,
            "score": lambda vectors, word: -np.abs(vectors - word).sum(axis=1),
        },
        AS_LIST: {"then": lambda best: best.tolist()},
    },
)
nearest_words.add_mistakes(
    _by_order,
    [
        (
            "You cut off the first of the order, but another vector may point the same way and "
            "stand there: leave the word out by its id.",
            {"own": None, "order": lambda scores, k: np.argsort(-scores, kind="stable")[1 : k + 1]},
        ),
        (
            "You cut off the last of the order, but another vector may point the same way and "
            "stand there: leave the word out by its id.",
            {
                "own": None,
                "order": lambda scores, k: np.argsort(scores, kind="stable")[::-1][1:][:k],
            },
        ),
        (
            "The word's own score is 0, which is better than a negative cosine: give it −inf.",
            {"own": 0},
        ),
        (
            "The word itself stands among its neighbours: you sort from small to large, where its "
            "score of −inf comes first.",
            {"order": lambda scores, k: np.argsort(scores)[:k]},
        ),
        (UNSORTED, {"order": partitioned}),
        (UNSORTED, {"order": lambda scores, k: np.argpartition(scores, -k)[-k:]}),
        (UNSORTED, {"order": lambda scores, k: np.argpartition(-scores, k)[:k]}),
    ],
)


@nearest_words.mistake(
    "You deleted the word's row before you sorted, so that all later ids are one too small."
)
def deleted_first(vectors, index, k):
    return np.argsort(-np.delete(_cosines(vectors, index), index))[:k]


COSINES = "You returned cosines; return the ids of the words."


@nearest_words.mistake(COSINES)
def cosines_returned(vectors, index, k):
    return np.sort(np.delete(_cosines(vectors, index), index))[::-1][:k]


@nearest_words.mistake("You returned the words' vectors; return their ids.")
def vectors_returned(vectors, index, k):
    return vectors[_nearest(vectors, index, k)]


@nearest_words.alternative
def by_unit_vectors(vectors, index, k):
    unit = vectors / np.sqrt((vectors**2).sum(axis=1))[:, None]
    order = (unit @ unit[index]).argsort()[::-1]
    return order[order != index][:k]


@nearest_words.alternative
def by_distance_of_unit_vectors(vectors, index, k):
    unit = unit_vectors(vectors)
    distances = np.linalg.norm(unit - unit[index], axis=1)
    distances[index] = np.inf
    return np.argsort(distances)[:k]


@nearest_words.alternative
def one_by_one(vectors, index, k):
    def cosine(other):
        u, v = vectors[index], vectors[other]
        return float(u @ v / np.linalg.norm(u) / np.linalg.norm(v))

    others = [other for other in range(len(vectors)) if other != index]
    return np.array(sorted(others, key=cosine, reverse=True)[:k])
