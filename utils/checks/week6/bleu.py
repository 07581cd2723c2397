"""Check of `bleu`: clipped counts of a whole corpus, their geometric mean, the brevity penalty."""

from collections import Counter
from functools import partial

import numpy as np

from ..check import new_check

bleu = new_check(__name__, points=2, rtol=1e-9, atol=1e-12)


def _grams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _most(references, n):
    counts = [Counter(_grams(reference, n)) for reference in references]
    return {gram: max(c[gram] for c in counts) for gram in set().union(*counts)}


def _summed(references, n):
    return Counter(gram for reference in references for gram in _grams(reference, n))


def _nearest(references, candidate, tie=1):
    """Return the length that is nearest to the candidate's. tie: 1 prefers the shorter of two."""
    lengths = [len(reference) for reference in references]
    return min(lengths, key=lambda length: (abs(length - len(candidate)), tie * length))


def _geometric(precisions):
    """Return the geometric mean of numbers from 0 up."""
    return float(np.exp(np.mean(np.log(precisions)))) if min(precisions) else 0.0


def _exponential(r, c, most=1.0):
    return min(most, float(np.exp(1 - r / c))) if c else 0.0


def _bleu(
    references, candidates, max_n=4, limit=_most, length=_nearest, mean=_geometric,
    penalty=_exponential, add=0.0, grams=_grams, finish=list,
):  # fmt: skip
    """Return BLEU-1 to BLEU-max_n, with changes."""
    c = sum(map(len, candidates))
    r = sum(map(length, references, candidates))
    precisions = []
    for n in range(1, max_n + 1):
        found = possible = add
        for refs, candidate in zip(references, candidates):
            allowed, counts = limit(refs, n), Counter(grams(candidate, n))
            found += sum(min(count, allowed.get(gram, 0)) for gram, count in counts.items())
            possible += sum(counts.values())
        precisions.append(found / possible if possible else 0.0)
    return finish([penalty(r, c) * mean(precisions[:n]) for n in range(1, max_n + 1)])


@bleu.witness("a count by crossing out")
def by_crossing_out(references, candidates, max_n=4):
    """Cross out each n-gram of the candidate in a copy of each reference."""
    logs, r, c = [], 0, 0
    for n in range(1, max_n + 1):
        found = possible = 0
        for refs, candidate in zip(references, candidates):
            mine = sorted(_grams(candidate, n))
            possible += len(mine)
            for gram in set(mine):
                best = 0
                for reference in refs:
                    left, times = _grams(reference, n), 0
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


bleu.add_mistakes(
    _bleu,
    {
        "You didn't clip: an n-gram counts at most as often as it occurs in a single "
        "reference, however often the candidate repeats it.": {
            "limit": lambda refs, n: dict.fromkeys(_most(refs, n), 10**9)
        },
        "You added up the counts of all references; the limit is the largest count in any "
        "single one.": {"limit": _summed},
        "The brevity penalty is missing: candidates that say little would score high.": {
            "penalty": lambda r, c: 1.0
        },
        "You gave a bonus to long candidates: the penalty is never above 1, and it is 1 where "
        "c ≥ r.": {"penalty": partial(_exponential, most=np.inf)},
        "Your penalty is c / r; it should be exp(1 − r / c).": {
            "penalty": lambda r, c: min(1.0, c / r)
        },
        "r and c are swapped in the penalty: it punishes candidates that are too short.": {
            "penalty": lambda r, c: _exponential(c, r)
        },
        "r takes the reference that is nearest in length, not the shortest.": {
            "length": lambda refs, candidate: min(map(len, refs))
        },
        "r takes the reference that is nearest in length, not the longest.": {
            "length": lambda refs, candidate: max(map(len, refs))
        },
        "r takes the reference that is nearest in length, not the average of all.": {
            "length": lambda refs, candidate: np.mean([len(reference) for reference in refs])
        },
        "Of two references that are equally near in length, the shorter one counts.": {
            "length": partial(_nearest, tie=-1)
        },
        "The mean of the precisions is geometric: the n-th root of their product.": {
            "mean": np.mean
        },
        "The root is missing: BLEU-n is the n-th root of the product of n precisions.": {
            "mean": np.prod
        },
        "BLEU-n takes the precisions 1 to n together; yours takes precision n alone.": {
            "mean": lambda precisions: precisions[-1]
        },
        "BLEU runs from 0 to 1 here; it isn't a percentage.": {
            "finish": lambda scores: [100 * score for score in scores]
        },
        "Return a list, BLEU-1 to BLEU-max_n; this is the last one alone.": {
            "finish": lambda scores: scores[-1]
        },
        "You smoothed the counts: here nothing is added, and BLEU may be 0.": {"add": 1.0},
        "You counted each n-gram once; one that occurs twice in both candidate and reference "
        "counts twice.": {"grams": lambda tokens, n: set(_grams(tokens, n))},
    },
)


@bleu.mistake("You used the first reference alone; an n-gram may be found in any of them.")
def first_reference(references, candidates, max_n=4):
    return _bleu([refs[:1] for refs in references], candidates, max_n)


@bleu.mistake(
    "This is the mean of the candidates' BLEU; add up the counts of all candidates first, then "
    "divide once."
)
def mean_of_sentences(references, candidates, max_n=4):
    each = [_bleu([refs], [one], max_n) for refs, one in zip(references, candidates)]
    return [float(value) for value in np.mean(each, axis=0)]


bleu.alternative(_bleu)


@bleu.alternative
def by_arrays(references, candidates, max_n=4):
    rows = []
    for refs, candidate in zip(references, candidates):
        row = [len(candidate), _nearest(refs, candidate)]
        for n in range(1, max_n + 1):
            mine, limit = Counter(_grams(candidate, n)), Counter()
            for reference in refs:
                limit |= Counter(_grams(reference, n))
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
