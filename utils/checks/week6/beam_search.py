"""Check of `beam_search`: points, the mistakes people make, sound variants."""

import heapq

import numpy as np
from scipy.special import log_softmax, softmax

from ..check import new_check
from ._decoding_steps import cut_at_end, grow

beam_search = new_check(__name__, points=3)


def _beam(
    step, start_state, start_id, end_id, width, max_len, score=lambda x: log_softmax(x, axis=-1),
    alone=True, freeze=True, reorder=True, per_image=True, add=True, cut=cut_at_end, final=None,
    leave=False, begin=None,
):  # fmt: skip
    """Return the best captions, with changes; all images together."""
    n = len(start_state[0])
    state = [np.repeat(np.asarray(array), width, axis=0) for array in start_state]
    captions = [[[] for _ in range(width)] for _ in range(n)]
    totals = np.zeros((n, width))
    totals[:, 1:] = -np.inf if alone else 0
    last = np.full(n * width, start_id)
    for _ in range(max_len):
        logits, state = step(last, state)
        more = score(np.array(logits, dtype=float)).reshape(n, width, -1)
        size = more.shape[-1]
        for i in range(n):
            for k in range(width):
                if freeze and end_id in captions[i][k]:
                    more[i, k] = -np.inf
                    more[i, k, end_id] = 0
        so_far = totals if add else np.where(totals == -np.inf, -np.inf, 0)
        sums = more + so_far[..., None]
        best = np.argsort(-sums.reshape(n, -1), axis=1, kind="stable")[:, :width]
        totals = np.take_along_axis(sums.reshape(n, -1), best, axis=1)
        parents, tokens = best // size, best % size
        captions = [
            [[*captions[i][parents[i, k]], int(tokens[i, k])] for k in range(width)]
            for i in range(n)
        ]
        last = tokens.ravel()
        if reorder:
            rows = parents + (width * np.arange(n)[:, None] if per_image else 0)
            state = [np.asarray(array)[rows.ravel()] for array in state]
    begin = [] if begin is None else [begin]
    chosen = totals.argmax(axis=1) if final is None else [
        final(totals[i], captions[i], end_id) for i in range(n)
    ]  # fmt: skip
    return [begin + cut(captions[i][k], end_id) for i, k in enumerate(chosen)]


@beam_search.mistake(
    "Your beam holds one caption only. If all rows start alike, they stay alike: let only one of "
    "them count in the first step."
)
def all_rows_alike(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, alone=False)


@beam_search.mistake(
    "Your beam holds one caption only. If all rows start alike, they stay alike: let only one of "
    "them count in the first step."
)
def greedy_alone(step, start_state, start_id, end_id, width, max_len):
    return grow(step, start_state, start_id, end_id, max_len)


@beam_search.mistake(
    "You added up logits; only log-probabilities can be compared between captions: take the "
    "log-softmax first."
)
def raw_logits(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, score=lambda x: x)


@beam_search.mistake("You added up probabilities; add up their logarithms.")
def probabilities_added(step, start_state, start_id, end_id, width, max_len):
    return _beam(
        step, start_state, start_id, end_id, width, max_len, score=lambda x: softmax(x, axis=-1)
    )


@beam_search.mistake(
    "Captions are compared by their last token alone; add the log-probabilities of all their "
    "tokens."
)
def last_token_counts(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, add=False)


@beam_search.mistake(
    "The states don't follow their captions: when a caption takes another row, its state has to "
    "move there, too."
)
def states_left_behind(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, reorder=False)


@beam_search.mistake(
    "The states come from the first image's rows: count the rows of the images before, too."
)
def states_of_first_image(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, per_image=False)


@beam_search.mistake(
    "A caption that is over goes on in yours, and its sum changes; it stays as it is."
)
def over_goes_on(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, freeze=False)


@beam_search.mistake(
    "You divided the sums by the lengths; here the most probable caption is asked for, by its sum."
)
def by_mean(step, start_state, start_id, end_id, width, max_len):
    def final(totals, captions, end):
        lengths = [len(cut_at_end(caption, end)) + (end in caption) for caption in captions]
        return int(np.argmax(totals / lengths))

    return _beam(step, start_state, start_id, end_id, width, max_len, final=final)


@beam_search.mistake("You returned the last caption of each beam; return the most probable one.")
def last_of_beam(step, start_state, start_id, end_id, width, max_len):
    def final(totals, captions, end):
        return int(np.flatnonzero(totals > -np.inf)[-1])

    return _beam(step, start_state, start_id, end_id, width, max_len, final=final)


@beam_search.mistake("The end says that the caption is over; it is no part of it.")
def beam_end_kept(step, start_state, start_id, end_id, width, max_len):
    def cut(row, end):
        return [*cut_at_end(row, end), *[end] * (end in row)]

    return _beam(step, start_state, start_id, end_id, width, max_len, cut=cut)


@beam_search.mistake("The start is no part of the caption.")
def beam_start_kept(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len, begin=start_id)


@beam_search.mistake(
    "You called step for one image at a time; give it all images together, which is many times "
    "faster."
)
def beam_by_image(step, start_state, start_id, end_id, width, max_len):
    captions = []
    for row in range(len(start_state[0])):
        state = [array[row : row + 1] for array in start_state]
        captions += _beam(step, state, start_id, end_id, width, max_len)
    return captions


@beam_search.alternative
def with_lists(step, start_state, start_id, end_id, width, max_len):
    return _beam(step, start_state, start_id, end_id, width, max_len)


@beam_search.alternative
def with_live_rows_alone(step, start_state, start_id, end_id, width, max_len):
    """Keep a heap an image; give `step` only captions that aren't over."""
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
