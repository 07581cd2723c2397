"""Mistakes of `bigram_probabilities`, as rows of switches."""

import numpy as np


def sums(counts):
    return counts.sum(axis=1, keepdims=True)


def at_least(smoothed, counts, raw, smoothing):
    """Return the sums of rows, and 1 for those without a count, so that any can divide."""
    return np.where(sums(smoothed) > 0, sums(smoothed), 1)


def _log(table):
    with np.errstate(all="ignore"):
        return np.log(table)


ONLY_SEEN = (
    "You smoothed only pairs that occur; each count is raised, so that no pair is impossible: of "
    "padding and start alone the columns stay 0."
)
BEFORE_SMOOTHING = (
    "You divided by the sums from before the smoothing; divide by those of the raised counts, so "
    "that each row sums to 1."
)
TOO_FEW = "The table has a row and a column for each token, padding and start included."
TWO_COLUMNS = (
    "You counted padding as if it followed the end; the columns of padding and start must stay 0."
)
CUT_OFF = (
    "The smoothing has no effect: it isn't added, or it is cut off to 0 in an array of whole "
    "numbers. Make the counts floats, and add it to each."
)
LATE = (
    "Your rows sum to less than 1: you divided by sums that still hold the columns of padding and "
    "start. Empty these columns first, then divide each row by its sum."
)
TOTALS_WITH_PADDING = (
    lambda smoothed, counts, raw, s: sums(raw) + s * (len(raw) - 2),
    lambda smoothed, counts, raw, s: sums(raw) + s * len(raw),
)
TOTALS_BEFORE_SMOOTHING = (
    lambda smoothed, counts, raw, s: sums(counts),
    lambda smoothed, counts, raw, s: np.maximum(sums(counts), 1),
    lambda smoothed, counts, raw, s: sums(raw),
)
AND_DIVIDED_BY_ZERO = (lambda smoothed, counts, raw, s: sums(smoothed)), at_least

ROWS = [
    (
        "You paired each token with itself; b is the token one column further to the right.",
        {"pairs": lambda rows: (rows, rows)},
    ),
    (
        "You counted what comes before: of a pair (a, b), a is the left one, and the row.",
        {"pairs": lambda rows: (rows[:, 1:], rows[:, :-1])},
    ),
    (
        "b comes right after a; you paired tokens that are two columns apart.",
        {"pairs": lambda rows: (rows[:, :-2], rows[:, 2:])},
    ),
    (
        "You paired tokens of different rows: b comes after a within a row, one column "
        "further to the right.",
        {"pairs": lambda rows: (rows[:-1], rows[1:])},
    ),
    (
        "You left out the pairs that end in the last column.",
        {"pairs": lambda rows: (rows[:, :-2], rows[:, 1:-1])},
    ),
    (
        "You left out the pairs that begin in the first column: what comes after the start "
        "counts, too.",
        {"pairs": lambda rows: (rows[:, 1:-1], rows[:, 2:])},
    ),
    (
        "You left out the first name, or the first row.",
        {"pairs": lambda rows: (rows[1:, :-1], rows[1:, 1:])},
    ),
    (
        "You left out the last name, or the last row.",
        {"pairs": lambda rows: (rows[:-1, :-1], rows[:-1, 1:])},
    ),
    (
        "You counted padding as if it followed the end; the column of padding must stay 0.",
        {"dropped": ()},
    ),
    (
        "You smoothed all columns, but no token is followed by padding or by a start: these "
        "two columns stay 0.",
        {"bare": ()},
    ),
    (
        "The column of start gets smoothing, but no token is followed by a start: it stays 0.",
        {"bare": (0,)},
    ),
    (
        "The column of padding gets smoothing, but it stays 0, as that of start does.",
        {"bare": (1,)},
    ),
    (TWO_COLUMNS, {"dropped": (), "bare": ()}),
    (TWO_COLUMNS, {"dropped": (), "bare": (1,)}),
    (
        "The column of the end is 0, too; names do end, so only padding and start (0 and 1) "
        "get no chance.",
        {"dropped": (0, 1, 2), "bare": (0, 1, 2)},
    ),
    (
        "The end gets no smoothing; it can come after every token, so its column is raised, too.",
        {"bare": (0, 1, 2)},
    ),
    *((LATE, {"dropped": dropped, "bare": (), "late": (0, 1)}) for dropped in ((), (0, 1))),
    *((LATE, {"total": total}) for total in TOTALS_WITH_PADDING),
    *((BEFORE_SMOOTHING, {"total": total}) for total in TOTALS_BEFORE_SMOOTHING),
    (
        "You divided by the sum of the counts plus `smoothing` once; it was added to each "
        "column, so divide each row by its own sum.",
        {"total": lambda smoothed, counts, raw, s: sums(counts) + s},
    ),
    (
        "You emptied the rows of padding and start, too; only their columns are 0, and each "
        "row sums to 1.",
        {"result": lambda table: table * (np.arange(len(table)) > 1)[:, None]},
    ),
    (
        "Each pair is counted at most once: with index arrays, `counts[a, b] += 1` adds 1 to "
        "an entry however often it is listed. Use `np.add.at`, or a loop.",
        {"seen": lambda counts: np.minimum(counts, 1)},
    ),
    ("The table is transposed: row a holds what comes after a.", {"result": np.transpose}),
    (
        "You divided by the sum of the whole table; divide each row by its own sum, so that it "
        "sums to 1.",
        {"total": lambda smoothed, *rest: smoothed.sum()},
    ),
    *(
        (
            "Your columns sum to 1; the rows must, since a row holds the probabilities of what "
            "comes next.",
            {"total": lambda smoothed, *rest, least=least: np.maximum(smoothed.sum(0), least)},
        )
        for least in (0, 1e-300)
    ),
    (
        "You divided by the row sums without `keepdims=True`, so that column b is divided by "
        "the sum of row b; each row must be divided by its own sum.",
        {"total": lambda smoothed, *rest: smoothed.sum(axis=1)},
    ),
    (
        "You divided by the largest count of each row; divide by its sum.",
        {"total": lambda smoothed, *rest: smoothed.max(axis=1, keepdims=True)},
    ),
    ("You returned the counts; divide each row by its sum.", {"total": lambda *all: 1.0}),
    *(
        (CUT_OFF, {"added": lambda smoothing, counts: 0, "total": total})
        for total in AND_DIVIDED_BY_ZERO
    ),
    (
        "You added 1 to each count; add `smoothing`.",
        {"added": lambda smoothing, counts: 1},
    ),
    (
        "You added 1 as well as `smoothing`; add `smoothing` alone.",
        {"added": lambda smoothing, counts: 1 + smoothing},
    ),
    *(
        (ONLY_SEEN, {"added": lambda s, counts: s * (counts > 0), "total": total})
        for total in AND_DIVIDED_BY_ZERO
    ),
    (
        "Only pairs that never occur got the smoothing; every count is raised by it.",
        {"added": lambda smoothing, counts: smoothing * (counts == 0)},
    ),
    (
        "You smoothed only rows without any count; every count is raised, in every row.",
        {"added": lambda s, counts: s * (counts.sum(axis=1, keepdims=True) == 0)},
    ),
    (
        "You returned logarithms; probabilities are asked for.",
        {"result": _log},
    ),
    *(
        (TOO_FEW, {"result": result})
        for result in (lambda t: t[2:, 2:], lambda t: t[:, 2:], lambda t: t[1:, 2:])
    ),
]
