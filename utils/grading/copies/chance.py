"""How much likelier it is that one of two learners copied than that they agree by chance."""

from dataclasses import dataclass

import numpy as np

PARTS = (1.0, 0.6, 0.3, 0.1)  # of the work that may be copied
HIDDEN = 0.15  # share of copied answers that were changed beyond recognition
SURE, LEAST = 13.0, 14.0  # bits beyond the number of pairs; bits in any class


@dataclass
class Evidence:
    """What speaks for copies among the learners of a class.

    total: matrix of learners × learners, bits; of_each: dict, exercise → Agreement.
    """

    total: np.ndarray
    of_each: dict


def evidence(of_each, excluded):
    """Return the Evidence of a class.

    of_each: dict, exercise → surprise.Agreement; excluded: dict, exercise → matrix of pairs that
    say nothing there. Each pair's total is that of the likeliest part of the work to be copied:
    what agrees speaks for it, what differs against it.
    """
    count = len(next(iter(of_each.values())).there)
    totals = [np.zeros((count, count), dtype=np.float32) for _ in PARTS]
    for exercise, each in of_each.items():
        counts = each.there[:, None] & each.there[None, :] & ~excluded[exercise]
        likelier = np.exp2(np.minimum(each.bits, 100)) * np.where(each.alike, 1 - HIDDEN, HIDDEN)
        for total, part in zip(totals, PARTS):
            total += np.where(counts, np.log2(part * likelier + 1 - part), 0)
    return Evidence(np.maximum.reduce(totals), of_each)


def threshold(count):
    """Return the bits from which on a pair is no chance, in a class of `count` learners."""
    pairs = max(1, count * (count - 1) / 2)
    return max(LEAST, float(np.log2(pairs)) + SURE)
