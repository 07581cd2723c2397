"""Mistakes of an epoch that both exercises share: the order, the batches, the result."""

import numpy as np

from ._epoch_facts import APART, OTHER_RNG, OWN_RNG, SHUFFLED


def _drawn(n, rng):
    return rng.integers(n, size=n)


def _one_seed(n, rng):
    return np.random.default_rng(0).permutation(n)


def _slices(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def _full_alone(order, size):
    return [order[start : start + size] for start in range(0, len(order) - size + 1, size)]


def _so_many(order, size):
    return np.array_split(order, min(size, len(order)))


def _larger(order, size):
    return np.array_split(order, max(len(order) // size, 1))


ONE_LOSS = (
    "You returned one number; return a list with a loss for each batch: its mean is taken later."
)
TOO_EARLY = "It ended after one batch: `return` belongs behind the loop, not into it."
LAST_LEFT_OUT = (
    "The last batch was left out, as it is short: a slice beyond the end stops there, so begin a "
    "batch at each multiple of batch_size below len(x)."
)
SUMS = "You collected sums of losses; each batch's loss is a mean over its samples."
AFTER = "The losses are those after the step; collect each before it."
SHARED = [
    (SHUFFLED, {"order": lambda n, rng: np.arange(n)}),
    (SHUFFLED, {"order": lambda n, rng: np.arange(n)[::-1]}),
    (OTHER_RNG, {"order": lambda n, rng: np.random.permutation(n)}),
    (OWN_RNG, {"order": _one_seed}),
    (
        "Samples were drawn with replacement, so some come twice and others never: shuffle all of "
        "them, and cut the order into batches.",
        {"order": _drawn},
    ),
    (APART, {"labels": lambda y, rows, order: y[np.sort(rows)]}),
    (
        "Only x was shuffled, so the labels belong to other samples: take the same rows of both.",
        {"labels": lambda y, rows, order: y[np.flatnonzero(np.isin(order, rows))]},
    ),
    (LAST_LEFT_OUT, {"cut": _full_alone}),
    (
        "batch_size is the number of samples in a batch, not the number of batches.",
        {"cut": _so_many},
    ),
    (
        "The samples left over made the batches larger than batch_size; they are a batch of their "
        "own.",
        {"cut": _larger},
    ),
    (
        "All samples were one batch: take batch_size of them at a time.",
        {"cut": lambda order, size: [order]},
    ),
    (TOO_EARLY, {"most": 1}),
    (ONE_LOSS, {"result": np.mean}),
    (ONE_LOSS, {"result": lambda losses: losses[-1]}),
    (ONE_LOSS, {"result": np.sum}),
    ("Nothing was returned: return the list of losses.", {"result": lambda losses: None}),
    (SUMS, {"of_loss": lambda loss, rows: loss * len(rows)}),
    (AFTER, {"after": True}),
]
