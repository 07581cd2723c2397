"""Check of `nearest_words`: cosines, not dot products or distances; the word itself left out."""

import numpy as np

from ..check import new_check
from ._word_vectors import best_words, closeness, unit_vectors, unscaled

nearest_words = new_check(__name__)


def _nearest(
    vectors, index, k, scale=unit_vectors, score=np.matmul, itself=False, then=lambda best: best
):
    scaled = scale(vectors)
    return then(best_words(score(scaled, scaled[index]), k, () if itself else {index}))


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
    },
)


@nearest_words.mistake("You returned cosines; return the ids of the words.")
def cosines_returned(vectors, index, k):
    cosines = unit_vectors(vectors) @ unit_vectors(vectors)[index]
    return np.sort(np.delete(cosines, index))[::-1][:k]


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
