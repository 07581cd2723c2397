"""Beam search with changes, as wrong answers carry it out."""

import numpy as np
from scipy.special import log_softmax

from ._decoding_steps import cut_after_end, cut_at_end


def log_probabilities(logits):
    return log_softmax(logits, axis=-1)


def largest_sum(totals, captions, end_id):
    return totals.argmax()


def changed_beam(
    step, start_state, start_id, end_id, width, max_len, score=log_probabilities, alone=True,
    freeze=True, reorder=True, rows=lambda parents, width: parents + width * _images(parents),
    add=True, cut=cut_at_end, choose=largest_sum, keep_start=False, follow=True,
    flags_follow=True, spread=lambda array, width: np.repeat(array, width, axis=0), parts=None,
    free_end=False, stop=False, too_few=0, order=-1, rank=lambda sums, lengths: sums, carry=True,
    split=lambda best, size: (best // size, best % size), hold=lambda width: width,
):  # fmt: skip
    """Return the best captions, with changes; all images together.

    freeze: whether captions that are over stay as they are; "pay" where each end after the first
    costs its log-probability. parts: how many parts of the state follow their captions; None for
    all. free_end: whether the first end costs nothing; stop: whether to stop where all are over;
    rank: from sums and the captions' lengths to what decides; split: from places in a flat row to
    captions and tokens; hold: the number of captions to keep.
    """
    n, width = len(start_state[0]), hold(width)
    first = state = [spread(np.asarray(array), width) for array in start_state]
    captions = [[[] for _ in range(width)] for _ in range(n)]
    totals, over = np.zeros((n, width)), np.zeros((n, width), bool)
    totals[:, 1:] = -np.inf if alone else 0
    last = np.full(n * width, start_id)
    for _ in range(max_len - too_few):
        logits, state = step(last, state if carry else first)
        more = score(np.array(logits, dtype=float)).reshape(n, width, -1)
        size = more.shape[-1]
        if free_end:
            more[..., end_id] = 0
        if freeze:
            end = more[over][:, end_id] if freeze == "pay" else 0
            more[over] = -np.inf
            more[over, end_id] = end
        so_far = totals if add else np.where(totals == -np.inf, -np.inf, 0)
        sums = so_far[..., None] + more
        lengths = np.array([[len(cut_after_end(c, end_id)) for c in beam] for beam in captions])
        ranked = rank(sums, (lengths + ~over)[..., None]).reshape(n, -1)
        best = np.argsort(order * ranked, axis=1, kind="stable")[:, :width]
        totals = np.take_along_axis(sums.reshape(n, -1), best, axis=1)
        parents, tokens = split(best, size)
        captions = [
            [
                [*captions[i][parents[i, k] if follow else k], int(tokens[i, k])]
                for k in range(width)
            ]
            for i in range(n)
        ]
        flags = np.take_along_axis(over, parents, axis=1) if flags_follow else over
        over = flags | (tokens == end_id)
        last = tokens.ravel()
        if reorder:
            places = rows(parents, width).ravel()
            state = [
                np.asarray(array)[places] if parts is None or number < parts else array
                for number, array in enumerate(state)
            ]
        if stop and over.all():
            break
    chosen = [beam[choose(row, beam, end_id)] for row, beam in zip(totals, captions)]
    return [[start_id] * keep_start + cut(caption, end_id) for caption in chosen]


def _images(parents):
    return np.arange(len(parents))[:, None]


def largest_mean(totals, captions, end_id):
    return np.argmax(totals / [len(cut_after_end(caption, end_id)) for caption in captions])


def largest_mean_with_end(totals, captions, end_id):
    return np.argmax(totals / [len(cut_at_end(caption, end_id)) + 1 for caption in captions])


def largest_mean_without_end(totals, captions, end_id):
    lengths = [max(1, len(cut_at_end(caption, end_id))) for caption in captions]
    return np.argmax(totals / lengths)


def best_that_is_over(totals, captions, end_id):
    over = np.array([end_id in caption for caption in captions])
    return np.where(over, totals, totals - 1e9 if over.any() else totals).argmax()


def last_of_beam(totals, captions, end_id):
    return np.flatnonzero(totals > -np.inf)[-1]
