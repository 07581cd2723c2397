"""Check of `bigram_probabilities`: which pairs count, smoothing, and rows that sum to 1."""

import numpy as np

from ..check import new_check
from ._wrong_bigrams import ROWS, at_least, sums

bigram_probabilities = new_check(__name__, points=2)


def _counted(
    matrix, num_tokens, pairs=lambda rows: (rows[:, :-1], rows[:, 1:]), seen=lambda counts: counts
):
    """Return how often each pair occurs, with changes."""
    before, after = (part.ravel().astype(int) for part in pairs(matrix))
    counts = np.bincount(before * num_tokens + after, minlength=num_tokens**2) * 1.0
    return seen(counts.reshape(num_tokens, num_tokens))


def _table(
    matrix, num_tokens, smoothing, dropped=(0, 1), bare=(0, 1), late=(),
    added=lambda smoothing, counts: smoothing,
    total=lambda smoothed, counts, raw, smoothing: sums(smoothed),
    result=lambda table: table, **counting,
):  # fmt: skip
    """Return the probabilities, with changes.

    dropped: columns whose pairs aren't counted; bare: those without smoothing; late: those that are
    emptied after dividing. total: what is divided by.
    """
    raw = _counted(matrix, num_tokens, **counting)
    counts = raw.copy()
    counts[:, list(dropped)] = 0
    more = np.zeros_like(counts) + added(smoothing, counts)
    more[:, list(bare)] = 0
    with np.errstate(all="ignore"):
        table = (counts + more) / total(counts + more, counts, raw, smoothing)
    table[:, list(late)] = 0
    return result(table)


bigram_probabilities.add_mistakes(_table, ROWS)


@bigram_probabilities.mistake("Smooth first, then divide: your rows sum to more than 1.")
def smoothed_afterwards(matrix, num_tokens, smoothing):
    table = _table(matrix, num_tokens, 0, total=at_least)
    table[:, 2:] += smoothing
    return table


@bigram_probabilities.mistake("Smooth first, then divide: your rows sum to more than 1.")
def smoothed_afterwards_of_nothing(matrix, num_tokens, smoothing):
    table = _table(matrix, num_tokens, 0)
    table[:, 2:] += smoothing
    return table


@bigram_probabilities.mistake("You took the softmax of the counts; divide each row by its sum.")
def softmax_of_counts(matrix, num_tokens, smoothing):
    counts = _table(matrix, num_tokens, smoothing, total=lambda *all: 1.0)
    counts[:, :2] = -np.inf
    powers = np.exp(counts - counts.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


bigram_probabilities.alternative(_table)


@bigram_probabilities.alternative
def pair_by_pair(matrix, num_tokens, smoothing):
    table = np.full((num_tokens, num_tokens), float(smoothing))
    table[:, 0] = table[:, 1] = 0
    for row in matrix:
        for a, b in zip(row, row[1:]):
            if b > 1:
                table[a, b] += 1
    return table / np.sum(table, axis=1)[:, np.newaxis]
