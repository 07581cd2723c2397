"""Check of `attribute_vector`: a difference of two means, with its sign and its length."""

import numpy as np

from ..check import new_check

attribute_vector = new_check(__name__, rtol=1e-4, atol=1e-6)


def _step(
    codes, has_attribute, mean=lambda codes: codes.mean(axis=0),
    others=lambda codes, has_it: codes[~has_it], then=lambda step: step,
):  # fmt: skip
    has_it = np.asarray(has_attribute, dtype=bool)
    return then(mean(codes[has_it]) - mean(others(codes, has_it)))


attribute_vector.add_mistakes(
    _step,
    {
        "The vector points the wrong way: the mean of those that have it comes first.": {
            "then": lambda step: -step
        },
        "Subtract the mean of those without it, not of all faces: else the step is too short.": {
            "others": lambda codes, _: codes
        },
        "Nothing is subtracted: this is the mean face that has the attribute.": {
            "others": lambda codes, _: 0 * codes
        },
        "You took sums; with more faces on one side the step grows: take means.": {
            "mean": lambda codes: codes.sum(axis=0)
        },
        "You averaged over the numbers of a code too; average over faces only.": {"mean": np.mean},
        "You scaled the step to length 1; its own length is how far apart the means are.": {
            "then": lambda step: step / np.linalg.norm(step)
        },
    },
)


@attribute_vector.mistake(
    "Integers 0 and 1 as an index pick rows 0 and 1; convert them to bool, and they pick who has "
    "it."
)
def integers_as_index(codes, has_attribute):
    without = 1 - np.asarray(has_attribute, int)
    return codes[has_attribute].mean(axis=0) - codes[without].mean(axis=0)


@attribute_vector.alternative
def by_weights(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=codes.dtype)
    return has_it @ codes / has_it.sum() - (1 - has_it) @ codes / (1 - has_it).sum()


@attribute_vector.alternative
def by_average(codes, has_attribute):
    means = [np.average(codes, axis=0, weights=np.asarray(has_attribute) == v) for v in (1, 0)]
    return means[0] - means[1]
