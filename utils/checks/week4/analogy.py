"""Check of `analogy`: b − a + c of unit vectors, the cosine, the three given words left out."""

import numpy as np

from ..check import new_check
from ._word_vectors import best_words, closeness, unit_vectors, unscaled

analogy = new_check(__name__)


def _analogy(
    vectors, a, b, c, k, signs=(-1, 1, 1), scale_given=unit_vectors, scale=unit_vectors,
    score=np.matmul, left_out="abc",
):  # fmt: skip
    """Return the best words. scale_given, scale: how a, b, c and how the candidates are scaled."""
    given = scale_given(vectors)[[a, b, c]]
    scores = score(scale(vectors), np.array(signs) @ given)
    return best_words(scores, k, [{"a": a, "b": b, "c": c}[name] for name in left_out])


analogy.add_mistakes(
    _analogy,
    {
        "One of the given words is in your answer: leave out a, b and c.": {"left_out": ""},
        "You left out only c; a and b don't count as answers either.": {"left_out": "c"},
        "a and b are swapped: what b has and a doesn't is added to c, so b − a + c.": {
            "signs": (1, -1, 1)
        },
        "You added a and subtracted c: the target is b − a + c.": {"signs": (1, 1, -1)},
        "Scale a, b and c to length one before you add them; otherwise the longest dominates.": {
            "scale_given": unscaled
        },
        "You took the dot product with vectors of any length: scale all of them to length one.": {
            "scale_given": unscaled,
            "scale": unscaled,
        },
        "The candidates' lengths still count: compare the target with unit vectors.": {
            "scale": unscaled
        },
        "You took the Euclidean distance of unscaled vectors; compare directions, by cosine.": {
            "scale_given": unscaled,
            "scale": unscaled,
            "score": closeness,
        },
        "The worst words come first: the largest cosines belong at the start.": {
            "score": lambda vectors, target: -(vectors @ target)
        },
    },
)


@analogy.mistake("Too few words are returned: leave out a, b and c first, then take k.")
def left_out_too_late(vectors, a, b, c, k):
    best = _analogy(vectors, a, b, c, k, left_out="")
    return best[~np.isin(best, [a, b, c])]


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
