"""Check of `bigram_probabilities`: which pairs count, smoothing, and rows that sum to 1."""

import numpy as np

from ..check import new_check

bigram_probabilities = new_check(__name__, points=2)


def _table(
    matrix, num_tokens, smoothing, pairs=lambda rows: (rows[:, :-1], rows[:, 1:]),
    padding_counts=False, seen=lambda counts: counts, added=lambda smoothing: smoothing,
    smoothed=slice(2, None), axis=1, result=lambda table: table,
):  # fmt: skip
    """Return the probabilities, with changes; no sum is exactly 0, so that any can divide."""
    before, after = (part.ravel().astype(int) for part in pairs(matrix))
    counts = np.bincount(before * num_tokens + after, minlength=num_tokens**2) * 1.0
    counts = counts.reshape(num_tokens, num_tokens)
    if not padding_counts:
        counts[:, :2] = 0
    counts = seen(counts)
    counts[:, smoothed] += added(smoothing)
    return result(counts / np.maximum(counts.sum(axis=axis, keepdims=True), 1e-300))


bigram_probabilities.add_mistakes(
    _table,
    {
        "You paired each token with itself; b is the token one column further to the right.": {
            "pairs": lambda rows: (rows, rows)
        },
        "You counted padding as if it followed the end; the column of padding must stay 0.": {
            "padding_counts": True
        },
        "You smoothed all columns, but no token is followed by padding or by a start: these "
        "two columns stay 0.": {"smoothed": slice(None)},
        "Each pair is counted at most once: with index arrays, `counts[a, b] += 1` adds 1 to "
        "an entry however often it is listed. Use `np.add.at`, or a loop.": {
            "seen": lambda counts: np.minimum(counts, 1)
        },
        "The table is transposed: row a holds what comes after a.": {"result": np.transpose},
        "You divided by the sum of the whole table; divide each row by its own sum, so that it "
        "sums to 1.": {"axis": None},
        "Your columns sum to 1; the rows must, since a row holds the probabilities of what "
        "comes next.": {"axis": 0},
        "The smoothing is missing, so a pair that was never seen is impossible: add it to each "
        "count.": {"added": lambda smoothing: 0},
        "You added 1 to each count; add `smoothing`.": {"added": lambda smoothing: 1},
    },
)


@bigram_probabilities.mistake("Smooth first, then divide: your rows sum to more than 1.")
def smoothed_afterwards(matrix, num_tokens, smoothing):
    table = _table(matrix, num_tokens, 0)
    table[:, 2:] += smoothing
    return table


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
