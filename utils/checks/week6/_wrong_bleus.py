"""Mistakes of `bleu` in its penalty, its lengths, its mean and its form, as rows of switches."""

import math
from functools import partial

import numpy as np

from ._bleu_parts import (
    by_math,
    by_shares,
    exponential,
    farthest,
    fewest,
    harmonic,
    most,
    nearest,
    nonzero,
    summed,
)  # fmt: skip

LENGTH = "r takes the reference that is nearest in length, not the "
GEOMETRIC = "The mean of the precisions is geometric: the n-th root of their product."
ZERO = (
    "The logarithm of 0 can't be taken: where a precision is 0, BLEU is 0; say so before you take "
    "logarithms, or let NumPy give −∞, whose exponential is 0."
)
NOT_CLIPPED = (
    "You didn't clip: an n-gram counts at most as often as it occurs in a single reference, "
    "however often the candidate repeats it."
)

ROWS = [
    (NOT_CLIPPED, {"limit": lambda refs, n: dict.fromkeys(most(refs, n), 10**9)}),
    (
        "You added up the counts of all references; the limit is the largest count in any "
        "single one.",
        {"limit": summed},
    ),
    (
        "You took the smallest count of all references; the limit is the largest count in any "
        "single one.",
        {"limit": fewest},
    ),
    (
        "The brevity penalty is missing: candidates that say little would score high.",
        {"penalty": lambda r, c: 1.0},
    ),
    (
        "You gave a bonus to long candidates: the penalty is never above 1, and it is 1 where "
        "c ≥ r.",
        {"penalty": partial(exponential, most=np.inf)},
    ),
    (
        "Your penalty is c / r; it should be exp(1 − r / c).",
        {"penalty": lambda r, c: min(1.0, c / r)},
    ),
    (
        "r and c are swapped in the penalty: it punishes candidates that are too short.",
        {"penalty": lambda r, c: exponential(c, r)},
    ),
    (
        "Your penalty is exp(1 − c / r), which is above 1 for short candidates; it should be "
        "exp(1 − r / c).",
        {"penalty": lambda r, c: 1.0 if c >= r else float(np.exp(1 - c / r))},
    ),
    (
        "The sign in your penalty is wrong: it is exp(1 − r / c), which is below 1 for short "
        "candidates.",
        {"penalty": lambda r, c: 1.0 if c >= r or not c else float(np.exp(r / c - 1))},
    ),
    (
        "Your penalty acts where candidates are long; it is exp(1 − r / c) where c < r, and "
        "else 1.",
        {"penalty": lambda r, c: float(np.exp(1 - r / c)) if c > r else 1.0},
    ),
    (
        "Your penalty is exp(−r / c); it should be exp(1 − r / c).",
        {"penalty": lambda r, c: (1.0 if c >= r else float(np.exp(-r / c))) if c else 0.0},
    ),
    (
        "c is 0 where all candidates are empty, and the penalty divides by it: there BLEU is 0.",
        {"penalty": lambda r, c: 1.0 if c >= r else math.exp(1 - r / c)},
    ),
    *(
        (f"{LENGTH}{which}.", {"length": function})
        for which, function in (
            ("shortest", lambda refs, candidate: min(map(len, refs))),
            ("longest", lambda refs, candidate: max(map(len, refs))),
            ("average of all", lambda refs, candidate: np.mean([len(ref) for ref in refs])),
            ("first", lambda refs, candidate: len(refs[0])),
            ("sum of all", lambda refs, candidate: sum(map(len, refs))),
            ("farthest", farthest),
        )
    ),
    (
        "Of two references that are equally near in length, the shorter one counts.",
        {"length": partial(nearest, tie=-1)},
    ),
    (
        "Of two references that are equally near in length, the shorter one counts, not the first.",
        {"length": partial(nearest, tie=0)},
    ),
    (
        "Of two references that are equally near in length, the shorter one counts, not the last.",
        {"length": lambda refs, candidate: nearest(refs[::-1], candidate, tie=0)},
    ),
    (f"{GEOMETRIC} Yours is arithmetic.", {"mean": np.mean}),
    (f"{GEOMETRIC} Yours is harmonic.", {"mean": harmonic}),
    (f"{GEOMETRIC} Yours is the median.", {"mean": np.median}),
    (
        "The root is missing: BLEU-n is the n-th root of the product of n precisions.",
        {"mean": np.prod},
    ),
    (
        "The root is always the square root; BLEU-n takes the n-th root.",
        {"mean": lambda precisions: float(np.sqrt(np.prod(precisions)))},
    ),
    (
        "BLEU-n takes the precisions 1 to n together; yours takes precision n alone.",
        {"mean": lambda precisions: precisions[-1]},
    ),
    (
        "You left out precisions of 0; one of them makes BLEU 0.",
        {"mean": nonzero},
    ),
    (ZERO, {"mean": by_math}),
    (ZERO, {"mean": by_shares}),
    (
        "The exponential is missing: this is the mean of the logarithms.",
        {"mean": lambda precisions: np.mean(np.log(precisions)) if min(precisions) else 0.0},
    ),
    (
        "BLEU runs from 0 to 1 here; it isn't a percentage.",
        {"finish": lambda scores: [100 * score for score in scores]},
    ),
    (
        "Return a list, BLEU-1 to BLEU-max_n; this is the last one alone.",
        {"finish": lambda scores: scores[-1]},
    ),
    (
        "Return a list, BLEU-1 to BLEU-max_n; this is the mean of them.",
        {"finish": lambda scores: float(np.mean(scores))},
    ),
    ("BLEU-1 comes first in the list.", {"finish": lambda scores: scores[::-1]}),
    *(
        (
            "Your scores are rounded; keep all digits.",
            {"finish": lambda scores, digits=digits: [round(s, digits) for s in scores]},
        )
        for digits in (2, 3, 4)
    ),
]
