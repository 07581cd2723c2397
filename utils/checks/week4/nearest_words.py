"""Check of `nearest_words`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ._word_vectors import best_words, unit_vectors

nearest_words = new_check(__name__)


@nearest_words.mistake("The word is its own nearest neighbour in yours: leave it out.")
def itself_first(vectors, index, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ unit[index], k)


@nearest_words.mistake("One word too few: leave out the word itself first, then take k.")
def one_too_few(vectors, index, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ unit[index], k)[1:]


@nearest_words.mistake(
    "You took the dot product, in which long vectors win: divide by the lengths for the cosine."
)
def dot_product(vectors, index, k):
    return best_words(vectors @ vectors[index], k, {index})


@nearest_words.mistake(
    "You took the distance between the tips; the cosine doesn't ask how long vectors are."
)
def euclidean(vectors, index, k):
    return best_words(-np.linalg.norm(vectors - vectors[index], axis=1), k, {index})


@nearest_words.mistake("These are the words farthest away: the largest cosines come first.")
def farthest_first(vectors, index, k):
    unit = unit_vectors(vectors)
    return best_words(-(unit @ unit[index]), k, {index})


@nearest_words.mistake("The right words, but the nearest one comes last: turn the order round.")
def nearest_last(vectors, index, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ unit[index], k, {index})[::-1]


@nearest_words.mistake(
    "An opposite vector is not near: its cosine is −1. Don't take the absolute value or the square."
)
def absolute_cosine(vectors, index, k):
    unit = unit_vectors(vectors)
    return best_words(np.abs(unit @ unit[index]), k, {index})


@nearest_words.mistake(
    "You scaled the columns; a word's vector is a row, so sum along axis 1 for its length."
)
def columns_scaled(vectors, index, k):
    unit = vectors / np.linalg.norm(vectors, axis=0)
    return best_words(unit @ unit[index], k, {index})


@nearest_words.mistake("You returned cosines; what is wanted are the ids of the words.")
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
