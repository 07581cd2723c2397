"""Check of `greedy_caption`: what each step is given, where captions end, all images at once."""

import numpy as np
from keras import ops

from ..check import new_check
from ._decoding_steps import GROWING_MISTAKES, ONE_BY_ONE, SENTENCES, grow, one_by_one

greedy_caption = new_check(__name__, points=2, sentences=SENTENCES)


OVER_IMAGES = (
    "Your argmax runs over the images, axis 0; take the largest logit of each row, along the last "
    "axis."
)
ONE_FOR_ALL = (
    "You chose one token for all images: take the largest logit of each row, along the last axis."
)

greedy_caption.add_mistakes(
    grow,
    [
        *GROWING_MISTAKES,
        (
            "You took the least probable token: take the largest logit.",
            {"choose": lambda logits: logits.argmin(axis=1)},
        ),
        (
            "You took the second best token each time; take the best.",
            {"choose": lambda logits: np.argsort(logits, axis=1)[:, -2]},
        ),
        (ONE_FOR_ALL, {"choose": lambda logits: np.full(len(logits), logits.sum(axis=0).argmax())}),
        (ONE_FOR_ALL, {"choose": lambda logits: np.full(len(logits), logits[0].argmax())}),
        (OVER_IMAGES, {"choose": lambda logits: logits.argmax(axis=0)}),
        (OVER_IMAGES, {"choose": lambda logits: logits.argmax(axis=0)[: len(logits)]}),
        (
            "Without an axis, `argmax` gives one place in the flattened array: take the largest "
            "logit of each row, along the last axis.",
            {"choose": lambda logits: logits.argmax()},
        ),
        (
            "You took the largest logits themselves; take their places, by `argmax`.",
            {"choose": lambda logits: logits.max(axis=1)},
        ),
    ],
)


@greedy_caption.mistake(ONE_BY_ONE)
def image_by_image(step, start_state, start_id, end_id, max_len):
    return one_by_one(grow, step, start_state, start_id, end_id, max_len)


@greedy_caption.alternative
def by_lists(step, start_state, start_id, end_id, max_len):
    captions = [[] for _ in range(len(start_state[0]))]
    last, state, over = [start_id] * len(captions), start_state, [False] * len(captions)
    for _ in range(max_len):
        logits, state = step(np.array(last), state)
        last = [int(np.argmax(row)) for row in logits]
        for row, token in enumerate(last):
            over[row] = over[row] or token == end_id
            if not over[row]:
                captions[row].append(token)
    return captions


@greedy_caption.alternative
def by_matrix(step, start_state, start_id, end_id, max_len):
    matrix = np.full((len(start_state[0]), max_len + 1), end_id)
    matrix[:, 0] = start_id
    for t in range(max_len):
        logits, start_state = step(matrix[:, t], start_state)
        going_on = (matrix[:, t] != end_id) | (t == 0)
        matrix[going_on, t + 1] = ops.convert_to_numpy(ops.argmax(logits, axis=-1))[going_on]
    return [[int(token) for token in row[1:] if token != end_id] for row in matrix]
