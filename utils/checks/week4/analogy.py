"""Check of `analogy`: b − a + c of unit vectors, the cosine, the three given words left out."""

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

analogy = new_check(__name__)


def _analogy(
    vectors, a, b, c, k, signs=(-1, 1, 1), scale_given=unit_vectors, scale=unit_vectors,
    score=np.matmul, left_out="abc", then=lambda best: best,
):  # fmt: skip
    """Return the best words. scale_given, scale: how a, b, c and how the candidates are scaled."""
    given = scale_given(vectors)[[a, b, c]]
    scores = score(scale(vectors), np.array(signs) @ given)
    return then(best_words(scores, k, [{"a": a, "b": b, "c": c}[name] for name in left_out]))


def _scaled_columns(vectors):
    return vectors / np.linalg.norm(vectors, axis=0)


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


analogy.add_mistakes(
    _analogy,
    [
        ("You left out only a and b; c doesn't count as an answer either.", {"left_out": "ab"}),
        ("You left out only b and c; a doesn't count as an answer either.", {"left_out": "bc"}),
        ("You left out only a and c; b doesn't count as an answer either.", {"left_out": "ac"}),
        ("You left out only a; b and c don't count as answers either.", {"left_out": "a"}),
        ("You left out only b; a and c don't count as answers either.", {"left_out": "b"}),
        ("You subtracted c: the target is b − a + c.", {"signs": (-1, 1, -1)}),
        ("You added a: it is subtracted, as the target is b − a + c.", {"signs": (1, 1, 1)}),
        ("You left c out of the target: it is b − a + c.", {"signs": (-1, 1, 0)}),
        ("You left a out of the target: it is b − a + c.", {"signs": (0, 1, 1)}),
        ("You left b out of the target: it is b − a + c.", {"signs": (-1, 0, 1)}),
        ("You subtracted b: the target is b − a + c.", {"signs": (-1, -1, 1)}),
        (
            "Your words come in reverse order: the best comes first.",
            {"then": np.flip},
        ),
        (AS_LIST, {"then": lambda best: best.tolist()}),
        (
            "You scaled the columns; a word's vector is a row, so sum along axis 1 for its length.",
            {"scale": _scaled_columns, "scale_given": _scaled_columns},
        ),
        (
            "You add up absolute differences of unit vectors; the cosine is asked for.",
            {"score": lambda vectors, target: -np.abs(vectors - target).sum(axis=1)},
        ),
        (
            "You dropped the cosines' signs: an opposite direction isn't near.",
            {"score": lambda vectors, target: np.abs(vectors @ target)},
        ),
        (
            "You took the Euclidean distance of unscaled vectors from a target of unit ones: "
            "compare directions, by cosine.",
            {"scale": unscaled, "score": closeness},
        ),
    ],
)


def _by_order(vectors, a, b, c, k, own=-np.inf, order=lambda scores, k: np.argsort(-scores)[:k]):
    """Return words by their scores, with `own` for those of the given ones."""
    unit = unit_vectors(vectors)
    scores = unit @ (unit[b] - unit[a] + unit[c])
    if own is not None:
        scores[[a, b, c]] = own
    return order(scores, k)


analogy.add_mistakes(
    _by_order,
    [
        (
            "The scores of a, b and c are 0, which is better than a negative cosine: give them "
            "−inf.",
            {"own": 0},
        ),
        (
            "You cut off the first three of the order, which needn't be a, b and c: leave these "
            "out by their ids.",
            {"own": None, "order": lambda scores, k: np.argsort(-scores)[3 : k + 3]},
        ),
        (
            "You cut off the first of the order: leave out a, b and c, by their ids.",
            {"own": None, "order": lambda scores, k: np.argsort(-scores)[1 : k + 1]},
        ),
        (
            "a, b and c stand in your answer: you sort from small to large, where their scores of "
            "−inf come first.",
            {"order": lambda scores, k: np.argsort(scores)[:k]},
        ),
        (UNSORTED, {"order": partitioned}),
        (UNSORTED, {"order": lambda scores, k: np.argpartition(scores, -k)[-k:]}),
        (UNSORTED, {"order": lambda scores, k: np.argpartition(-scores, k)[:k]}),
        (
            "You returned scores; return the ids of the words.",
            {"order": lambda scores, k: np.sort(scores)[::-1][:k]},
        ),
    ],
)


@analogy.mistake(
    "You deleted the rows of a, b and c before you sorted, so that later ids are too small."
)
def deleted_first(vectors, a, b, c, k):
    scores = _by_order(vectors, a, b, c, k, own=None, order=lambda scores, _: scores)
    return np.argsort(-np.delete(scores, [a, b, c]))[:k]


@analogy.mistake("You multiplied and divided cosines; the sum b − a + c is asked for.")
def by_product(vectors, a, b, c, k):
    unit = unit_vectors(vectors)
    cosines = (unit @ unit.T + 1) / 2
    scores = cosines[b] * cosines[c] / (cosines[a] + 1e-3)
    return best_words(scores, k, [a, b, c])


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
