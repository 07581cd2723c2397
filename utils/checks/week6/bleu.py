"""Check of `bleu`: clipped counts of a whole corpus, their geometric mean, the brevity penalty."""

import math
from collections import Counter
from functools import partial

import numpy as np

from ..check import new_check
from ._bleu_parts import (
    any_order,
    by_math,
    by_shares,
    changed_bleu,
    exponential,
    farthest,
    fewest,
    geometric,
    grams,
    harmonic,
    most,
    nearest,
    nonzero,
    summed,
)  # fmt: skip


def _scores(evidence):
    """Name the scores, so that a sentence can be said of them."""
    return [
        {**seen, "value": seen["value"] if seen["value"] is None else {"scores": seen["value"]}}
        for seen in evidence
    ]


def _of_score(ours, theirs):
    numbers = [value for value in (ours, theirs) if isinstance(value, (float, np.floating))]
    if len(numbers) == 2 and theirs == 0 < ours < 1:
        return (
            "Where a precision is 0, BLEU is 0: add no small number to it, and don't leave it out "
            "of the mean."
        )
    return None


bleu = new_check(
    __name__,
    points=2,
    rtol=1e-9,
    atol=1e-12,
    properties=_scores,
    sentences={"scores": _of_score},
)


@bleu.witness("a count by crossing out")
def by_crossing_out(references, candidates, max_n=4):
    """Cross out each n-gram of the candidate in a copy of each reference."""
    logs, r, c = [], 0, 0
    for n in range(1, max_n + 1):
        found = possible = 0
        for refs, candidate in zip(references, candidates):
            mine = sorted(grams(candidate, n))
            possible += len(mine)
            for gram in set(mine):
                best = 0
                for reference in refs:
                    left, times = grams(reference, n), 0
                    for _ in range(mine.count(gram)):
                        if gram in left:
                            left.remove(gram)
                            times += 1
                    best = max(best, times)
                found += best
        logs.append(np.log(found / possible) if found else -np.inf)
    for refs, candidate in zip(references, candidates):
        lengths = sorted(len(reference) for reference in refs)
        distances = [abs(length - len(candidate)) for length in lengths]
        r, c = r + lengths[int(np.argmin(distances))], c + len(candidate)
    factor = 1.0 if c >= r else np.exp(1 - r / max(c, 1e-9))
    return [float(factor * np.exp(sum(logs[:n]) / n)) for n in range(1, max_n + 1)]


NO_GRAMS = "Where there are no n-grams, precision n is 0: ask for that before you divide."
LENGTH = "r takes the reference that is nearest in length, not the "
GEOMETRIC = "The mean of the precisions is geometric: the n-th root of their product."
ZERO = (
    "The logarithm of 0 can't be taken: where a precision is 0, BLEU is 0; say so before you take "
    "logarithms, or let NumPy give −∞, whose exponential is 0."
)
SMOOTHED = "You smoothed the counts: here nothing is added, and BLEU may be 0."
SHORT = "Your n-grams end one too early: of L tokens there are L − n + 1 runs of n."
NOT_CLIPPED = (
    "You didn't clip: an n-gram counts at most as often as it occurs in a single reference, "
    "however often the candidate repeats it."
)


bleu.add_mistakes(
    changed_bleu,
    [
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
            "c is 0 where all candidates are empty, and the penalty divides by it: there BLEU is "
            "0.",
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
            "Of two references that are equally near in length, the shorter one counts, not the "
            "first.",
            {"length": partial(nearest, tie=0)},
        ),
        (
            "Of two references that are equally near in length, the shorter one counts, not the "
            "last.",
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
        (SMOOTHED, {"add": (1.0, 1.0)}),
        (SMOOTHED, {"add": (1.0, 0.0)}),
        (
            "You counted each n-gram once; one that occurs twice in both candidate and reference "
            "counts twice.",
            {"grams": lambda tokens, n: set(grams(tokens, n))},
        ),
        (
            "An n-gram that occurs twice in both candidate and reference counts twice; you found "
            "it once.",
            {"once": True},
        ),
        (SHORT, {"grams": lambda tokens, n: grams(tokens, n)[:-1]}),
        (
            SHORT,
            {
                "grams": lambda tokens, n: grams(tokens, n)[:-1],
                "limit": lambda refs, n: most([ref[:-1] for ref in refs], n),
            },
        ),
        (
            "An n-gram is a run of n tokens in a row, not any n of them: order and place count.",
            {
                "grams": lambda tokens, n: map(tuple, map(sorted, grams(tokens, n))),
                "limit": lambda refs, n: any_order(refs, n),
            },
        ),
        (
            "You divided by the number of tokens; divide by the number of n-grams that the "
            "candidates have, which is n − 1 smaller for each.",
            {"of": lambda candidate, refs, counts, n: len(candidate)},
        ),
        (
            "You divided by the n-grams of the references; a precision divides by those of the "
            "candidates.",
            {"of": lambda candidate, refs, counts, n: sum(map(len, (grams(s, n) for s in refs)))},
        ),
        (
            "You divided by the n-grams of a reference; a precision divides by those of the "
            "candidates.",
            {"of": lambda candidate, refs, counts, n: len(grams(refs[0], n))},
        ),
        (
            "You divided by the number of different n-grams; divide by that of all n-grams that "
            "the candidates have.",
            {"of": lambda candidate, refs, counts, n: len(counts)},
        ),
        (NO_GRAMS, {"share": lambda found, possible: found / possible}),
    ],
)


@bleu.mistake(
    "You took the max_n-th root for all; BLEU-n takes the n-th root, as it has n precisions."
)
def one_root_for_all(references, candidates, max_n=4):
    def mean(precisions):
        return geometric(precisions) ** (len(precisions) / max_n)

    return changed_bleu(references, candidates, max_n, mean=mean)


@bleu.mistake("The range of n ends too early: there are precisions 1 to max_n.")
def too_few_scores(references, candidates, max_n=4):
    return changed_bleu(references, candidates, max_n)[:-1]


@bleu.mistake(
    "You look for an n-gram in all references of the corpus; only those of its own candidate count."
)
def pooled_references(references, candidates, max_n=4):
    every = [reference for refs in references for reference in refs]
    nearest = dict(zip(map(id, candidates), references))
    return changed_bleu(
        [every] * len(candidates), candidates, max_n,
        length=lambda refs, candidate: nearest(nearest[id(candidate)], candidate),
    )  # fmt: skip


@bleu.mistake(
    "You averaged the precisions of the candidates; add up the counts of all candidates first, "
    "then divide once."
)
def mean_of_precisions(references, candidates, max_n=4):
    each = [
        changed_bleu([refs], [one], max_n, mean=lambda p: p[-1], penalty=lambda r, c: 1.0)
        for refs, one in zip(references, candidates)
    ]
    precisions = np.mean(each, axis=0)
    factor = exponential(sum(map(nearest, references, candidates)), sum(map(len, candidates)))
    return [factor * geometric(precisions[:n]) for n in range(1, max_n + 1)]


@bleu.mistake(
    "Each candidate got a brevity penalty of its own; there is one for the whole corpus, from the "
    "sums r and c."
)
def mean_of_penalties(references, candidates, max_n=4):
    pairs = zip(references, candidates)
    each = [exponential(nearest(refs, one), len(one)) for refs, one in pairs]
    return changed_bleu(references, candidates, max_n, penalty=lambda r, c: float(np.mean(each)))


@bleu.mistake("The penalty goes outside the root: the geometric mean, times the penalty.")
def penalty_inside(references, candidates, max_n=4):
    without = changed_bleu(references, candidates, max_n, penalty=lambda r, c: 1.0)
    factor = exponential(sum(map(nearest, references, candidates)), sum(map(len, candidates)))
    return [score * factor ** (1 / n) for n, score in enumerate(without, start=1)]


@bleu.mistake("You used the first reference alone; an n-gram may be found in any of them.")
def first_reference(references, candidates, max_n=4):
    return changed_bleu([refs[:1] for refs in references], candidates, max_n)


@bleu.mistake(
    "This is the mean of the candidates' BLEU; add up the counts of all candidates first, then "
    "divide once."
)
def mean_of_sentences(references, candidates, max_n=4):
    each = [changed_bleu([refs], [one], max_n) for refs, one in zip(references, candidates)]
    return [float(value) for value in np.mean(each, axis=0)]


bleu.alternative(changed_bleu)


@bleu.alternative
def by_arrays(references, candidates, max_n=4):
    rows = []
    for refs, candidate in zip(references, candidates):
        row = [len(candidate), nearest(refs, candidate)]
        for n in range(1, max_n + 1):
            mine, limit = Counter(grams(candidate, n)), Counter()
            for reference in refs:
                limit |= Counter(grams(reference, n))
            row += [sum((mine & limit).values()), max(0, len(candidate) - n + 1)]
        rows.append(row)
    c, r, *counts = np.sum(rows, axis=0)
    scores = []
    for n in range(1, max_n + 1):
        found, possible = np.array(counts[: 2 * n : 2]), np.array(counts[1 : 2 * n : 2])
        if not found.all():
            scores.append(0.0)
            continue
        brevity = np.exp(1 - r / c) if c < r else 1
        scores.append(brevity * np.prod(found / possible) ** (1 / n))
    return scores
