"""Check of `beam_search`: sums of log-probabilities, states that follow, captions that are over."""

import heapq

import numpy as np
from scipy.special import log_softmax, softmax

from ..check import new_check
from ._beams import (
    best_that_is_over,
    changed_beam,
    largest_mean,
    largest_mean_with_end,
    largest_mean_without_end,
    last_of_beam,
)  # fmt: skip
from ._decoding_steps import (
    GOES_ON,
    NOT_PASSED,
    ONE_BY_ONE,
    SENTENCES,
    WITH_END,
    WITH_START,
    cut_after_end,
    cut_by_argmax,
    cut_by_index,
    grow,
    one_by_one,
)  # fmt: skip

beam_search = new_check(__name__, points=3, sentences=SENTENCES)

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


beam_search.add_mistakes(
    changed_beam,
    [
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
            "Only the first part of the state follows the captions: take the rows of all its "
            "arrays.",
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
            "You prefer captions that are over; the most probable one counts, with an end or "
            "without.",
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
    ],
)


@beam_search.mistake(ALIKE)
def greedy_alone(step, start_state, start_id, end_id, width, max_len):
    return grow(step, start_state, start_id, end_id, max_len)


@beam_search.mistake(ONE_BY_ONE)
def beam_by_image(step, start_state, start_id, end_id, width, max_len):
    return one_by_one(changed_beam, step, start_state, start_id, end_id, width, max_len)


beam_search.alternative(changed_beam)


@beam_search.alternative
def with_live_rows_alone(step, start_state, start_id, end_id, width, max_len):
    """Keep a heap for each image; give `step` only captions that aren't over."""
    beams = [[(0.0, (), row)] for row in range(len(start_state[0]))]  # (sum, tokens, row of state)
    state = start_state
    for _ in range(max_len):
        live = [item for beam in beams for item in beam if item[1][-1:] != (end_id,)]
        if not live:
            break
        rows = np.array([item[2] for item in live])
        last = np.array([item[1][-1] if item[1] else start_id for item in live])
        logits, state = step(last, [np.asarray(array)[rows] for array in state])
        scores = log_softmax(np.asarray(logits), axis=1)
        place = {id(item): number for number, item in enumerate(live)}
        for i, beam in enumerate(beams):
            options = []
            for item in beam:
                if id(item) not in place:
                    options.append((*item[:2], -1))
                    continue
                number = place[id(item)]
                for token, score in enumerate(scores[number]):
                    options.append((item[0] + score, (*item[1], token), number))
            beams[i] = heapq.nlargest(width, options)
    return [[token for token in max(beam)[1] if token != end_id] for beam in beams]
