"""Mistakes of `beam_search`, as rows of switches of `changed_beam`."""

import numpy as np
from scipy.special import log_softmax, softmax

from ._beams import (
    best_that_is_over,
    largest_mean,
    largest_mean_with_end,
    largest_mean_without_end,
    last_of_beam,
)  # fmt: skip
from ._decoding_steps import (
    GOES_ON,
    NOT_PASSED,
    WITH_END,
    WITH_START,
    cut_after_end,
    cut_by_argmax,
    cut_by_index,
)  # fmt: skip

ALIKE = (
    "Your beam holds one caption only. If all rows start alike, they stay alike: let only one of "
    "them count in the first step."
)
LOGITS = (
    "You added up logits; only log-probabilities can be compared between captions: take the "
    "log-softmax first."
)
PROBABILITIES = "You added up probabilities; add up their logarithms."
MEAN = (
    "You divided the sums by the lengths; the most probable caption is the one with the largest "
    "sum."
)
GROWS_ON = "A caption that is over goes on growing, and its sum changes; it must stay as it is."
PAYS = (
    "A caption that is over pays for another end in every step; it stays as it is, so only the "
    "first end counts."
)
LAST = "You returned the last caption of each beam; return the most probable one."
NOT_MOVED = (
    "The states don't follow their captions: when a caption takes another row, its state has to "
    "move there, too."
)


def _in_one_row(parents, width):
    return parents + 0 * width


def _by_width(best, size):
    width = best.shape[1]
    return best % width, np.minimum(best // width, size - 1)


ROWS = [
    (ALIKE, {"alone": False}),
    (ALIKE, {"alone": False, "stop": True}),
    (LOGITS, {"score": lambda x: x}),
    (PROBABILITIES, {"score": lambda x: softmax(x, axis=-1)}),
    (
        "Your log-softmax runs over all images and rows; each row has a softmax of its own.",
        {"score": lambda x: log_softmax(x, axis=0)},
    ),
    (
        "Your log-softmax runs over all images and rows; each row has a softmax of its own.",
        {"score": log_softmax},
    ),
    (
        "The sign is wrong: you keep the captions that are least probable.",
        {"order": 1},
    ),
    (
        "Captions are compared by their last token alone; add the log-probabilities of all "
        "their tokens.",
        {"add": False},
    ),
    (NOT_MOVED, {"reorder": False}),
    (
        "Only the first part of the state follows the captions: take the rows of all its arrays.",
        {"parts": 1},
    ),
    (
        "The captions don't follow the rows that were kept: before you add a token, take the "
        "caption that it continues.",
        {"follow": False},
    ),
    (
        "Which captions are over doesn't follow the rows that were kept: take these rows of "
        "it, too, or look at the captions' last tokens.",
        {"flags_follow": False},
    ),
    (
        "Which captions are over doesn't follow the rows that were kept: take these rows of "
        "it, too, or look at the captions' last tokens.",
        {"flags_follow": False, "stop": True},
    ),
    (
        "All states come from the first image's rows: add to each row the number of rows of "
        "the images before.",
        {"rows": _in_one_row},
    ),
    (
        "The rows of an image must stand together: `np.tile` puts whole copies one after "
        "another; `np.repeat` repeats each row.",
        {"spread": lambda array, width: np.concatenate([array] * width)},
    ),
    (
        "Place // tokens is the row, and place % tokens the token; you divided by the width.",
        {"split": _by_width},
    ),
    (GROWS_ON, {"freeze": False}),
    (GROWS_ON, {"freeze": False, "stop": True}),
    (PAYS, {"freeze": "pay"}),
    (PAYS, {"freeze": "pay", "stop": True}),
    (
        "The end costs nothing; its log-probability counts like that of any token.",
        {"free_end": True},
    ),
    (MEAN, {"choose": largest_mean}),
    (MEAN, {"choose": largest_mean_with_end}),
    (MEAN, {"choose": largest_mean_without_end}),
    (MEAN, {"rank": lambda sums, lengths: sums / lengths}),
    (MEAN, {"rank": lambda sums, lengths: sums / lengths, "choose": largest_mean}),
    (
        "You prefer captions that are over; the most probable one counts, with an end or without.",
        {"choose": best_that_is_over},
    ),
    (LAST, {"choose": last_of_beam}),
    (WITH_END, {"cut": cut_after_end}),
    (GOES_ON, {"cut": lambda row, end_id: list(map(int, row))}),
    (WITH_START, {"keep_start": True}),
    (NOT_PASSED, {"reorder": False, "carry": False}),
    (
        "A caption that has no end token isn't cut: `index` finds none there, and raises an "
        "error. Ask first whether the end is in it.",
        {"cut": cut_by_index},
    ),
    (
        "Where a caption has no end token, `argmax` gives place 0, and nothing is left of it: "
        "ask first whether the end is in it.",
        {"cut": lambda row, end_id: cut_by_argmax(np.array(row), end_id)},
    ),
    ("A caption may have max_len tokens; yours stop one earlier.", {"too_few": 1}),
    ("A caption may have max_len tokens at most; yours have one more.", {"too_few": -1}),
    (
        "Your beam holds one caption more than `width`.",
        {"hold": lambda width: width + 1},
    ),
    (
        "Your beam holds one caption less than `width`.",
        {"hold": lambda width: max(1, width - 1)},
    ),
]
