"""Check of `attribute_vector`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

attribute_vector = new_check(__name__, rtol=1e-4, atol=1e-6)


@attribute_vector.mistake(
    "The vector points the wrong way: the mean of those that have it comes first."
)
def without_minus_with(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[~has_it].mean(axis=0) - codes[has_it].mean(axis=0)


@attribute_vector.mistake(
    "Subtract the mean of those without it, not that of all faces: else the step is too short."
)
def minus_the_mean_of_all(codes, has_attribute):
    return codes[np.asarray(has_attribute, dtype=bool)].mean(axis=0) - codes.mean(axis=0)


@attribute_vector.mistake("Nothing is subtracted: this is the mean face that has the attribute.")
def mean_with_it(codes, has_attribute):
    return codes[np.asarray(has_attribute, dtype=bool)].mean(axis=0)


@attribute_vector.mistake(
    "Integers 0 and 1 as an index pick rows 0 and 1; make them bool, and they pick who has it."
)
def integers_as_index(codes, has_attribute):
    return codes[has_attribute].mean(axis=0) - codes[1 - np.asarray(has_attribute, int)].mean(
        axis=0
    )


@attribute_vector.mistake("You took sums; with more faces on one side the step grows: take means.")
def difference_of_sums(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[has_it].sum(axis=0) - codes[~has_it].sum(axis=0)


@attribute_vector.mistake("You averaged over the numbers of a code too; average over faces only.")
def one_number(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    return codes[has_it].mean() - codes[~has_it].mean()


@attribute_vector.mistake(
    "You made the step of length 1; its own length is how far apart they are."
)
def of_length_one(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=bool)
    step = codes[has_it].mean(axis=0) - codes[~has_it].mean(axis=0)
    return step / np.linalg.norm(step)


@attribute_vector.alternative
def by_weights(codes, has_attribute):
    has_it = np.asarray(has_attribute, dtype=codes.dtype)
    return has_it @ codes / has_it.sum() - (1 - has_it) @ codes / (1 - has_it).sum()


@attribute_vector.alternative
def by_average(codes, has_attribute):
    means = [np.average(codes, axis=0, weights=np.asarray(has_attribute) == v) for v in (1, 0)]
    return means[0] - means[1]
