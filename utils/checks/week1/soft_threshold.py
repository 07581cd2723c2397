"""Check of `soft_threshold`: all weights shrink by the threshold, small ones to exactly zero."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_VECTOR, in_form
from ._wrong_thresholds import OF_SIDES, OF_SIZES, by_sides, by_size

ALMOST = 1e-8
ZERO = "what is close to zero is exactly zero"


def _with_exact_zeros(evidence):
    """Add whether weights are exactly zero: a tolerance must not blur that. −0 is 0."""
    return [
        {**seen, "value": {"weights": seen["value"] + 0.0, ZERO: _are_exact(seen["value"])}}
        if isinstance(seen["value"], np.ndarray) and seen["value"].dtype.kind in "if"
        else seen
        for seen in evidence
    ]


def _are_exact(w):
    return bool(((w == 0) | ~(np.abs(w) < ALMOST)).all())


soft_threshold = new_check(
    __name__,
    properties=_with_exact_zeros,
    sentences={
        ZERO: "Some of your weights are almost zero, 1e-10 or the like: one that would cross zero "
        "becomes exactly 0."
    },
)

soft_threshold.add_mistakes(by_size, OF_SIZES)
soft_threshold.add_mistakes(by_sides, OF_SIDES)


soft_threshold.add_mistakes(in_form(by_size), OF_A_VECTOR)
soft_threshold.add_mistakes(
    by_size,
    {
        "You cut the fractions off (astype(int), or int()); floats are asked for.": {
            "finish": np.trunc
        },
        "You rounded the weights; return them as they are.": {"finish": np.round},
    },
)


@soft_threshold.mistake("You subtracted the threshold from all weights; negative ones move up.")
def all_down(w, threshold):
    return w - threshold


@soft_threshold.mistake("You took the larger of w and the threshold; move w towards zero by it.")
def larger_one(w, threshold):
    return np.maximum(w, threshold)


@soft_threshold.mistake(
    "The condition is turned round: weights within the threshold become zero, the others move."
)
def turned_condition(w, threshold):
    return np.where(np.abs(w) > threshold, 0.0, w)


@soft_threshold.mistake("You set the small weights to zero in the caller's array; make a new one.")
def thresholds_in_place(w, threshold):
    w[np.abs(w) <= threshold] = 0
    return w - threshold * np.sign(w)


@soft_threshold.mistake(soft_threshold.sentences[ZERO])
def never_zero(w, threshold):
    return np.sign(w) * np.maximum(np.abs(w) - threshold, 1e-10)


@soft_threshold.mistake(
    "An array made like w (copy, zeros_like, empty_like) holds integers where w does, so fractions "
    "are cut off."
)
def into_an_array_like_w(w, threshold):
    return by_size(w, threshold).astype(w.dtype)


@soft_threshold.alternative
def by_two_maxima(w, threshold):
    return np.maximum(w - threshold, 0.0) - np.maximum(-w - threshold, 0.0)


@soft_threshold.alternative
def by_clip(w, threshold):
    return w - np.clip(w, -threshold, threshold)
