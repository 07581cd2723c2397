"""Check of `analogy`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ._word_vectors import best_words, unit_vectors

analogy = new_check(__name__)


@analogy.mistake("One of the three given words is in your answer: leave out a, b and c.")
def inputs_stay(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ (unit[b] - unit[a] + unit[c]), k)


@analogy.mistake("You left out only c; a and b are no answers either.")
def only_c_left_out(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ (unit[b] - unit[a] + unit[c]), k, {c})


@analogy.mistake("Too few words come: leave out a, b and c first, then take k.")
def left_out_too_late(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    best = best_words(unit @ (unit[b] - unit[a] + unit[c]), k)
    return best[~np.isin(best, [a, b, c])]


@analogy.mistake("a and b are swapped: what b has and a has not is added to c, so b − a + c.")
def swapped(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ (unit[a] - unit[b] + unit[c]), k, {a, b, c})


@analogy.mistake("b and c are on different sides in yours: the target is b − a + c.")
def c_taken_away(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    return best_words(unit @ (unit[a] + unit[b] - unit[c]), k, {a, b, c})


@analogy.mistake(
    "Scale a, b and c to length one before you add them; else the longest decides alone."
)
def raw_target(vectors, a, b, c, k):
    return best_words(unit_vectors(vectors) @ (vectors[b] - vectors[a] + vectors[c]), k, {a, b, c})


@analogy.mistake(
    "You took the dot product with vectors of any length: scale all of them to length one."
)
def raw_vectors(vectors, a, b, c, k):
    return best_words(vectors @ (vectors[b] - vectors[a] + vectors[c]), k, {a, b, c})


@analogy.mistake("The candidates' lengths still count: compare the target with unit vectors.")
def raw_candidates(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    return best_words(vectors @ (unit[b] - unit[a] + unit[c]), k, {a, b, c})


@analogy.mistake(
    "You took the distance between the tips of unscaled vectors; compare directions, by the cosine."
)
def raw_distance(vectors, a, b, c, k):
    target = vectors[b] - vectors[a] + vectors[c]
    return best_words(-np.linalg.norm(vectors - target, axis=1), k, {a, b, c})


@analogy.mistake("The worst words come first: the largest cosines belong at the start.")
def worst_first(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    return best_words(-(unit @ (unit[b] - unit[a] + unit[c])), k, {a, b, c})


@analogy.alternative
def by_three_cosines(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    cosines = unit @ unit.T
    order = np.argsort(cosines[a] - cosines[b] - cosines[c])
    return order[~np.isin(order, [a, b, c])][:k]


@analogy.alternative
def with_a_scaled_target(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    target = unit[b] + unit[c] - unit[a]
    distances = np.linalg.norm(unit - target / np.linalg.norm(target), axis=1)
    distances[[a, b, c]] = np.inf
    return distances.argsort()[:k]
