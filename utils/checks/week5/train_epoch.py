"""Check of `train_epoch`: a new order, all batches, windows, the state that goes on, clipping."""

import numpy as np

from ..check import new_check
from ._epochs_by_hand import (
    LEFT_OUT,
    NOT_SHUFFLED,
    OTHER_SOURCE,
    REPEATED,
    SENTENCES,
    facts_of_epochs,
)
from .clip_by_norm import by_the_larger, with_a_tiny_number
from .loss_and_gradients import by_numbers

train_epoch = new_check(
    __name__,
    points=3,
    properties=facts_of_epochs,
    sentences=SENTENCES,
    rtol=1e-4,
    atol=1e-6,
)


def _epoch(
    weights, matrix, batch_size, window, update, rng, order=lambda rng, n: rng.permutation(n),
    starts=lambda n, size: range(0, n, size), windows=lambda time, window: range(0, time, window),
    cut=lambda rows, t, window: rows[:, t : t + window + 1], carry=lambda h, start: h,
    clip=lambda gradients: by_the_larger(gradients, 1.0), keep=True, old=False, once=False,
    batch=None, result=lambda weights: weights,
):  # fmt: skip
    """Return the new weights, with changes."""
    places, first = order(rng, len(matrix)), weights
    for start in starts(len(matrix), batch_size):
        part = places[start : start + batch_size]
        rows = matrix[part if batch is None else batch(rng, len(matrix), len(part))]
        zeros = h = np.zeros((len(rows), len(weights[1])))
        total = [0.0] * len(weights)
        for t in windows(rows.shape[1] - 1, window):
            piece = cut(rows, t, window)
            _, gradients, h = by_numbers(first if old else weights, piece, carry(h, zeros))
            total = [a + b for a, b in zip(total, gradients)]
            if not once:
                new = update(first if old == "step" else weights, clip(gradients))
                weights = new if keep else weights
        if once:
            weights = update(weights, clip(total))
    return result(weights)


train_epoch.add_mistakes(
    _epoch,
    [
        (
            "`update` returns the new weights; you didn't keep them, so nothing is learned.",
            {"keep": False},
        ),
        (
            "Each loss and its gradients belong to the weights of that moment; you took those of "
            "the weights at the epoch's start.",
            {"old": True},
        ),
        (LEFT_OUT, {"starts": lambda n, size: range(0, n - size + 1, size)}),
        (
            "The state isn't carried on: a window starts with the state after the one before.",
            {"carry": lambda h, start: start},
        ),
        (
            "A window has `window` inputs and as many next tokens, so window + 1 columns; yours "
            "lacks the last.",
            {
                "cut": lambda rows, t, window: rows[:, t : t + window],
                "windows": lambda time, window: range(0, time, window) if window > 1 else (),
            },
        ),
        (
            "Your windows share no column, so the first token of each is never a target: they "
            "begin `window` columns apart.",
            {"windows": lambda time, window: range(0, time, window + 1)},
        ),
        (
            "Windows stand side by side; yours overlap, for they begin one column apart.",
            {"windows": lambda time, window: range(max(1, time - window + 1))},
        ),
        (
            "The last window is missing: it may be shorter.",
            {"windows": lambda time, window: range(0, time - window + 1, window)},
        ),
        (
            "You read each batch as a whole: cut it into windows of `window` inputs.",
            {"windows": lambda time, window: (0,), "cut": lambda rows, t, window: rows},
        ),
        (
            "Only the first window of each batch is read.",
            {"windows": lambda time, window: (0,)},
        ),
        (
            "You add up the gradients of all windows and update once; update after each window.",
            {"once": True},
        ),
        ("The gradients aren't clipped: use clip_by_norm.", {"clip": lambda gradients: gradients}),
        (
            "You clip each gradient by itself; clip them together.",
            {"clip": lambda gradients: [by_the_larger([one], 1.0)[0] for one in gradients]},
        ),
        (
            "You clip each number; scale all gradients down together, by clip_by_norm.",
            {"clip": lambda gradients: [np.clip(one, -1, 1) for one in gradients]},
        ),
        (
            "Short gradients were scaled up: clip_by_norm leaves them as they are.",
            {
                "clip": lambda gradients: [
                    one / max(1e-12, np.sqrt(sum(np.sum(g**2) for g in gradients)))
                    for one in gradients
                ]
            },
        ),
        (NOT_SHUFFLED, {"order": lambda rng, n: np.arange(n)}),
        (NOT_SHUFFLED, {"order": lambda rng, n: np.random.default_rng(0).permutation(n)}),
        (OTHER_SOURCE, {"order": lambda rng, n: np.random.permutation(n)}),
        (REPEATED, {"order": lambda rng, n: rng.integers(n, size=n)}),
        (REPEATED, {"batch": lambda rng, n, size: rng.choice(n, size, replace=False)}),
        (
            "You returned nothing: return the new weights.",
            {"result": lambda weights: None},
        ),
    ],
)


@train_epoch.alternative
def while_there_is_more(weights, matrix, batch_size, window, update, rng):
    names = matrix.copy()
    rng.shuffle(names)
    while len(names):
        rows, names = names[:batch_size], names[batch_size:]
        h = np.zeros((len(rows), weights[1].shape[0]))
        while rows.shape[1] > 1 and rows[:, 1:].any():  # nothing but padding is left out
            _, gradients, h = by_numbers(weights, rows[:, : window + 1], h)
            weights = update(weights, by_the_larger(gradients, 1.0))
            rows = rows[:, window:]
    return weights


@train_epoch.alternative
def with_cuts(weights, matrix, batch_size, window, update, rng):
    numbers = np.arange(len(matrix))
    rng.shuffle(numbers)
    weights = list(weights)
    for part in np.split(numbers, range(batch_size, len(numbers), batch_size)):
        state, end = np.zeros((len(part), len(weights[2]))), matrix.shape[1] - 1
        for t in range(-(-end // window)):
            columns = range(t * window, min((t + 1) * window, end) + 1)
            _, gradients, state = by_numbers(weights, matrix[np.ix_(part, columns)], state)
            weights[:] = update(weights, with_a_tiny_number(gradients, 1.0))
    return weights
