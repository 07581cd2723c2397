"""Check of `greedy_caption`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import ops

from ..check import new_check
from ._decoding_steps import cut_at_end, grow

greedy_caption = new_check(__name__, points=2)


@greedy_caption.mistake(
    "The state isn't passed on: give `step` the state that it returned, not the first one."
)
def always_first_state(step, start_state, start_id, end_id, max_len):
    return grow(step, start_state, start_id, end_id, max_len, carry=False)


@greedy_caption.mistake("Each step reads the token before it; yours reads the start again.")
def always_start(step, start_state, start_id, end_id, max_len):
    return grow(step, start_state, start_id, end_id, max_len, feed=False)


@greedy_caption.mistake("What comes after the end is no part of a caption: cut each at its end.")
def not_cut(step, start_state, start_id, end_id, max_len):
    return grow(
        step, start_state, start_id, end_id, max_len, cut=lambda row, end: list(map(int, row))
    )


@greedy_caption.mistake(
    "You left out the end tokens, but kept what comes after them: cut each caption at its first "
    "end."
)
def ends_left_out(step, start_state, start_id, end_id, max_len):
    def cut(row, end):
        return [int(token) for token in row if token != end]

    return grow(step, start_state, start_id, end_id, max_len, cut=cut)


@greedy_caption.mistake("The end says that the caption is over; it is no part of it.")
def end_kept(step, start_state, start_id, end_id, max_len):
    def cut(row, end):
        return [*cut_at_end(row, end), *[end] * (end in row)]

    return grow(step, start_state, start_id, end_id, max_len, cut=cut)


@greedy_caption.mistake("The start is no part of the caption.")
def start_kept(step, start_state, start_id, end_id, max_len):
    return grow(step, start_state, start_id, end_id, max_len, begin=start_id)


@greedy_caption.mistake(
    "You stopped when the first caption was over; go on until all are, or until max_len."
)
def stopped_by_one(step, start_state, start_id, end_id, max_len):
    return grow(step, start_state, start_id, end_id, max_len, stop=lambda over: over.any())


@greedy_caption.mistake("max_len tokens are allowed; yours stop one earlier.")
def one_too_few(step, start_state, start_id, end_id, max_len):
    if max_len == 1:
        return [[] for _ in start_state[0]]
    return grow(step, start_state, start_id, end_id, max_len - 1)


@greedy_caption.mistake("You took the least probable token: take the largest logit.")
def least_probable(step, start_state, start_id, end_id, max_len):
    return grow(
        step, start_state, start_id, end_id, max_len, choose=lambda logits: logits.argmin(axis=1)
    )


@greedy_caption.mistake(
    "One token for all images: take the largest logit of each row, along the last axis."
)
def one_for_all(step, start_state, start_id, end_id, max_len):
    def choose(logits):
        return np.full(len(logits), logits.sum(axis=0).argmax())

    return grow(step, start_state, start_id, end_id, max_len, choose=choose)


@greedy_caption.mistake(
    "You called step for one image at a time; give it all images together, which is many times "
    "faster."
)
def image_by_image(step, start_state, start_id, end_id, max_len):
    captions = []
    for row in range(len(start_state[0])):
        state = [array[row : row + 1] for array in start_state]
        captions += grow(step, state, start_id, end_id, max_len)
    return captions


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
