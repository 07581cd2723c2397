"""Check of `attribute_vector`: a difference of two means, with its sign and its length."""

import numpy as np
from sklearn.linear_model import LogisticRegression

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


attribute_vector.add_mistakes(
    _step,
    [
        (
            "You took medians; take means.",
            {"mean": lambda codes: np.median(codes, axis=0)},
        ),
        (
            "You averaged along axis 1, over the numbers of each code: average over the faces, "
            "along axis 0.",
            {"mean": lambda codes: codes.mean(axis=1)},
        ),
        (
            "You averaged twice: a step is the difference of two means, not half of it.",
            {"then": lambda step: step / 2},
        ),
        (
            "You added both means; subtract that of those without it.",
            {"others": lambda codes, has_it: -codes[~has_it]},
        ),
        (
            "You return absolute values: a step has signs.",
            {"then": np.abs},
        ),
    ],
)


@attribute_vector.mistake(
    "Both sums are divided by the number of all faces: divide each by its own number."
)
def divided_by_all(codes, has_attribute):
    signs = np.where(_mask(has_attribute), 1, -1)
    return (signs[:, None] * codes).mean(axis=0)


def _mask(has_attribute):
    return np.asarray(has_attribute, dtype=bool)


INDEX = (
    "Integers 0 and 1 as an index pick rows 0 and 1; convert them to bool, and they pick who has "
    "it."
)
SPREAD = "You divided by a standard deviation: the step is the difference of the means as it is."


@attribute_vector.mistake(INDEX)
def integers_as_index(codes, has_attribute):
    without = 1 - np.asarray(has_attribute, int)
    return codes[has_attribute].mean(axis=0) - codes[without].mean(axis=0)


@attribute_vector.mistake(INDEX)
def integers_as_index_and_turned(codes, has_attribute):
    return codes[has_attribute].mean(axis=0) - codes[~has_attribute].mean(axis=0)


@attribute_vector.mistake(INDEX)
def integers_as_index_once(codes, has_attribute):
    return codes[has_attribute].mean(axis=0) - codes[~_mask(has_attribute)].mean(axis=0)


@attribute_vector.mistake(INDEX)
def integers_less_one(codes, has_attribute):
    return codes[has_attribute].mean(axis=0) - codes[has_attribute == 0].mean(axis=0)


@attribute_vector.mistake(
    "`~` turns the integers 0 and 1 into −1 and −2, which pick rows from the end: convert them to "
    "bool first."
)
def turned_integers(codes, has_attribute):
    return codes[has_attribute == 1].mean(axis=0) - codes[~has_attribute].mean(axis=0)


@attribute_vector.mistake(SPREAD)
def divided_by_spread(codes, has_attribute):
    return _step(codes, has_attribute) / codes.std(axis=0)


@attribute_vector.mistake(SPREAD)
def standardized_codes(codes, has_attribute):
    return _step((codes - codes.mean(axis=0)) / (codes.std(axis=0) + 1e-8), has_attribute)


@attribute_vector.mistake(
    "You took the coefficients of a classifier; the difference of two means is asked for."
)
def coefficients(codes, has_attribute):
    return LogisticRegression(max_iter=1000).fit(codes, _mask(has_attribute)).coef_[0]


@attribute_vector.mistake("Both means are scaled to length 1: take them as they are.")
def unit_means(codes, has_attribute):
    means = [codes[_mask(has_attribute) == value].mean(axis=0) for value in (True, False)]
    return means[0] / np.linalg.norm(means[0]) - means[1] / np.linalg.norm(means[1])


@attribute_vector.mistake("Codes are scaled to length 1 before the means: take them as they are.")
def unit_codes(codes, has_attribute):
    return _step(codes / np.linalg.norm(codes, axis=1, keepdims=True), has_attribute)


@attribute_vector.alternative
def by_weights(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=codes.dtype)
    return has_it @ codes / has_it.sum() - (1 - has_it) @ codes / (1 - has_it).sum()


@attribute_vector.alternative
def by_average(codes, has_attribute):
    means = [np.average(codes, axis=0, weights=np.asarray(has_attribute) == v) for v in (1, 0)]
    return means[0] - means[1]
