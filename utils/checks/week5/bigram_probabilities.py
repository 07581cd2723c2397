"""Check of `bigram_probabilities`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

bigram_probabilities = new_check(__name__, points=2)


def _counted(before, after, num_tokens):
    """Return how often each pair occurs."""
    pairs = before.ravel().astype(int) * num_tokens + after.ravel()
    return np.bincount(pairs, minlength=num_tokens**2).reshape(num_tokens, num_tokens) * 1.0


def _pairs(matrix, num_tokens):
    counts = _counted(matrix[:, :-1], matrix[:, 1:], num_tokens)
    counts[:, :2] = 0
    return counts


def _rows_divided(counts):
    return counts / counts.sum(axis=1, keepdims=True)


def _smoothed(counts, smoothing):
    counts = counts.copy()
    counts[:, 2:] += smoothing
    return counts


@bigram_probabilities.mistake(
    "You paired each token with itself: b is the next one, a column further to the right."
)
def not_shifted(matrix, num_tokens, smoothing):
    counts = _counted(matrix, matrix, num_tokens)
    counts[:, :2] = 0
    return _rows_divided(_smoothed(counts, smoothing))


@bigram_probabilities.mistake(
    "You counted padding as if it followed the end: a column of its own must stay 0."
)
def padding_counted(matrix, num_tokens, smoothing):
    counts = _counted(matrix[:, :-1], matrix[:, 1:], num_tokens)
    return _rows_divided(_smoothed(counts, smoothing))


@bigram_probabilities.mistake(
    "You smoothed all columns. Nothing is followed by padding or by a start: these two stay 0."
)
def all_columns_smoothed(matrix, num_tokens, smoothing):
    return _rows_divided(_pairs(matrix, num_tokens) + smoothing)


@bigram_probabilities.mistake(
    "Each pair is counted once at most: `counts[a, b] += 1` with arrays adds 1 to a place however "
    "often it is named. Use `np.add.at`, or a loop."
)
def each_pair_once(matrix, num_tokens, smoothing):
    return _rows_divided(_smoothed(np.minimum(_pairs(matrix, num_tokens), 1), smoothing))


@bigram_probabilities.mistake("It is the wrong way round: row a holds what comes after a.")
def backwards(matrix, num_tokens, smoothing):
    counts = _counted(matrix[:, 1:], matrix[:, :-1], num_tokens)
    counts[:2] = 0
    counts[2:] += smoothing
    return counts / counts.sum(axis=0, keepdims=True)


@bigram_probabilities.mistake(
    "You divided by the sum of the whole table; each row is divided by its own, so that it sums "
    "to 1."
)
def divided_by_all(matrix, num_tokens, smoothing):
    counts = _smoothed(_pairs(matrix, num_tokens), smoothing)
    return counts / counts.sum()


@bigram_probabilities.mistake(
    "Each column sums to 1 in yours; it's the rows that must, for they hold what can come next."
)
def divided_by_columns(matrix, num_tokens, smoothing):
    counts = _smoothed(_pairs(matrix, num_tokens), smoothing)
    return counts / np.maximum(counts.sum(axis=0, keepdims=True), 1e-300)


@bigram_probabilities.mistake(
    "The smoothing comes first, the division after it: your rows sum to more than 1."
)
def smoothed_afterwards(matrix, num_tokens, smoothing):
    counts = _pairs(matrix, num_tokens)
    return _smoothed(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), smoothing)


@bigram_probabilities.mistake(
    "The smoothing is missing, so a pair that was never seen is impossible: add it to each count."
)
def not_smoothed(matrix, num_tokens, smoothing):
    counts = _pairs(matrix, num_tokens)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


@bigram_probabilities.mistake("You added 1 to each count, whatever the smoothing is.")
def smoothed_by_one(matrix, num_tokens, smoothing):
    return _rows_divided(_smoothed(_pairs(matrix, num_tokens), 1))


@bigram_probabilities.alternative
def by_counting_numbers(matrix, num_tokens, smoothing):
    return _rows_divided(_smoothed(_pairs(matrix, num_tokens), smoothing))


@bigram_probabilities.alternative
def pair_by_pair(matrix, num_tokens, smoothing):
    table = np.full((num_tokens, num_tokens), float(smoothing))
    table[:, 0] = table[:, 1] = 0
    for row in matrix:
        for a, b in zip(row, row[1:]):
            if b > 1:
                table[a, b] += 1
    return table / np.sum(table, axis=1)[:, np.newaxis]
