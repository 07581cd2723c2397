"""Check of `bleu`: points, the mistakes people make, sound variants."""

from collections import Counter

import numpy as np

from ..check import new_check

bleu = new_check(__name__, points=2, rtol=1e-9, atol=1e-12)


def _grams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def _most(references, n):
    counts = [Counter(_grams(reference, n)) for reference in references]
    return {gram: max(c[gram] for c in counts) for gram in set().union(*counts)}


def _nearest(references, candidate):
    return min((len(r) for r in references), key=lambda r: (abs(r - len(candidate)), r))


def _geometric(precisions):
    """Return the geometric mean of numbers from 0 up."""
    if min(precisions) == 0:
        return 0.0
    return float(np.exp(np.mean(np.log(precisions))))


def _exponential(r, c):
    return min(1.0, float(np.exp(1 - r / c))) if c else 0.0


def _bleu(
    references, candidates, max_n, limit=_most, length=_nearest, mean=_geometric,
    penalty=_exponential, add=0.0, grams=_grams,
):  # fmt: skip
    """Return BLEU-1 to BLEU-max_n, with changes."""
    c = sum(map(len, candidates))
    r = sum(length(refs, candidate) for refs, candidate in zip(references, candidates))
    precisions = []
    for n in range(1, max_n + 1):
        found = possible = add
        for refs, candidate in zip(references, candidates):
            allowed, counts = limit(refs, n), Counter(grams(candidate, n))
            found += sum(min(count, allowed.get(gram, 0)) for gram, count in counts.items())
            possible += sum(counts.values())
        precisions.append(found / possible if possible else 0.0)
    return [penalty(r, c) * mean(precisions[:n]) for n in range(1, max_n + 1)]


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


@bleu.mistake(
    "You didn't clip: an n-gram counts at most as often as one of the references has it, however "
    "often the candidate repeats it."
)
def not_clipped(references, candidates, max_n=4):
    def limit(refs, n):
        return dict.fromkeys(_most(refs, n), 10**9)

    return _bleu(references, candidates, max_n, limit=limit)


@bleu.mistake(
    "You added up the counts of all references; the one reference that has most of an n-gram sets "
    "the limit."
)
def summed_references(references, candidates, max_n=4):
    def limit(refs, n):
        return Counter(gram for reference in refs for gram in _grams(reference, n))

    return _bleu(references, candidates, max_n, limit=limit)


@bleu.mistake("You used the first reference alone; an n-gram may be found in any of them.")
def first_reference(references, candidates, max_n=4):
    return _bleu([refs[:1] for refs in references], candidates, max_n)


@bleu.mistake("The brevity penalty is missing: candidates that say little would score high.")
def without_penalty(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, penalty=lambda r, c: 1.0)


@bleu.mistake(
    "You gave a bonus to long candidates: the penalty is never above 1, and it is 1 where c ≥ r."
)
def with_bonus(references, candidates, max_n=4):
    def penalty(r, c):
        return float(np.exp(1 - r / c)) if c else 0.0

    return _bleu(references, candidates, max_n, penalty=penalty)


@bleu.mistake("The penalty is c / r in yours; it is exp(1 − r / c).")
def plain_ratio(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, penalty=lambda r, c: min(1.0, c / r))


@bleu.mistake("r and c are swapped in the penalty: it is candidates that are too short.")
def penalty_turned(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, penalty=lambda r, c: _exponential(c, r))


@bleu.mistake("r takes the reference that is nearest in length, not the shortest.")
def shortest_reference(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, length=lambda refs, _: min(map(len, refs)))


@bleu.mistake("r takes the reference that is nearest in length, not the longest.")
def longest_reference(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, length=lambda refs, _: max(map(len, refs)))


@bleu.mistake("r takes the reference that is nearest in length, not the average of all.")
def average_reference(references, candidates, max_n=4):
    def length(refs, _):
        return np.mean([len(reference) for reference in refs])

    return _bleu(references, candidates, max_n, length=length)


@bleu.mistake("Of two references that are equally near in length, the shorter one counts.")
def longer_of_two(references, candidates, max_n=4):
    def length(refs, candidate):
        return min((len(r) for r in refs), key=lambda r: (abs(r - len(candidate)), -r))

    return _bleu(references, candidates, max_n, length=length)


@bleu.mistake(
    "This is the mean of the candidates' BLEU; add up the counts of all candidates first, then "
    "divide once."
)
def mean_of_sentences(references, candidates, max_n=4):
    each = [_bleu([refs], [one], max_n) for refs, one in zip(references, candidates)]
    return [float(value) for value in np.mean(each, axis=0)]


@bleu.mistake("The mean of the precisions is geometric: the n-th root of their product.")
def arithmetic(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, mean=lambda p: float(np.mean(p)))


@bleu.mistake("The root is missing: BLEU-n is the n-th root of the product of n precisions.")
def product_alone(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, mean=lambda p: float(np.prod(p)))


@bleu.mistake("BLEU-n takes the precisions 1 to n together; yours takes precision n alone.")
def one_precision(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, mean=lambda p: p[-1])


@bleu.mistake("BLEU is from 0 to 1 here, not in per cent.")
def in_per_cent(references, candidates, max_n=4):
    return [100 * value for value in _bleu(references, candidates, max_n)]


@bleu.mistake("Return a list, BLEU-1 to BLEU-max_n; this is the last one alone.")
def last_one(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n)[-1]


@bleu.mistake("You smoothed the counts: here nothing is added, and BLEU may be 0.")
def smoothed(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n, add=1.0)


@bleu.mistake(
    "Each n-gram counts once in yours; one that occurs twice in candidate and reference counts "
    "twice."
)
def different_ngrams(references, candidates, max_n=4):
    def grams(tokens, n):
        return sorted(set(_grams(tokens, n)))

    return _bleu(references, candidates, max_n, grams=grams)


@bleu.alternative
def by_dicts(references, candidates, max_n=4):
    return _bleu(references, candidates, max_n)


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
