"""Check of `beam_search`: sums of log-probabilities, states that follow, captions that are over."""

import heapq

import numpy as np
from scipy.special import log_softmax, softmax

from ..check import new_check
from ._decoding_steps import ONE_BY_ONE, cut_after_end, cut_at_end, grow, one_by_one

beam_search = new_check(__name__, points=3)


def _beam(
    step, start_state, start_id, end_id, width, max_len, score=lambda x: log_softmax(x, axis=-1),
    alone=True, freeze=True, reorder=True, per_image=True, add=True, cut=cut_at_end,
    choose=lambda totals, captions, end_id: totals.argmax(), keep_start=False,
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
        sums = (more + so_far[..., None]).reshape(n, -1)
        best = np.argsort(-sums, axis=1, kind="stable")[:, :width]
        totals = np.take_along_axis(sums, best, axis=1)
        parents, tokens = best // size, best % size
        captions = [
            [[*captions[i][parents[i, k]], int(tokens[i, k])] for k in range(width)]
            for i in range(n)
        ]
        last = tokens.ravel()
        if reorder:
            rows = parents + (width * np.arange(n)[:, None] if per_image else 0)
            state = [np.asarray(array)[rows.ravel()] for array in state]
    chosen = [beam[choose(row, beam, end_id)] for row, beam in zip(totals, captions)]
    return [[start_id] * keep_start + cut(caption, end_id) for caption in chosen]


def _largest_mean(totals, captions, end_id):
    return np.argmax(totals / [len(cut_after_end(caption, end_id)) for caption in captions])


ALIKE = (
    "Your beam holds one caption only. If all rows start alike, they stay alike: let only one of "
    "them count in the first step."
)

beam_search.add_mistakes(
    _beam,
    {
        ALIKE: {"alone": False},
        "You added up logits; only log-probabilities can be compared between captions: take "
        "the log-softmax first.": {"score": lambda x: x},
        "You added up probabilities; add up their logarithms.": {
            "score": lambda x: softmax(x, axis=-1)
        },
        "Captions are compared by their last token alone; add the log-probabilities of all "
        "their tokens.": {"add": False},
        "The states don't follow their captions: when a caption takes another row, its state "
        "has to move there, too.": {"reorder": False},
        "All states come from the first image's rows: add to each row the number of rows of "
        "the images before.": {"per_image": False},
        "A caption that is over goes on growing, and its sum changes; it must stay as it is.": {
            "freeze": False
        },
        "You divided the sums by the lengths; the most probable caption is the one with the "
        "largest sum.": {"choose": _largest_mean},
        "You returned the last caption of each beam; return the most probable one.": {
            "choose": lambda totals, captions, end_id: np.flatnonzero(totals > -np.inf)[-1]
        },
        "The end token marks that the caption is over; it isn't part of it.": {
            "cut": cut_after_end
        },
        "The start token isn't part of the caption.": {"keep_start": True},
    },
)


@beam_search.mistake(ALIKE)
def greedy_alone(step, start_state, start_id, end_id, width, max_len):
    return grow(step, start_state, start_id, end_id, max_len)


@beam_search.mistake(ONE_BY_ONE)
def beam_by_image(step, start_state, start_id, end_id, width, max_len):
    return one_by_one(_beam, step, start_state, start_id, end_id, width, max_len)


beam_search.alternative(_beam)


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
