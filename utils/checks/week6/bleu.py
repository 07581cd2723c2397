"""Check of `bleu`: clipped counts of a whole corpus, their geometric mean, the brevity penalty."""

from collections import Counter

import numpy as np

from ..check import new_check
from . import _wrong_bleus, _wrong_gram_counts
from ._bleu_parts import changed_bleu, exponential, geometric, grams, nearest


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


bleu.add_mistakes(changed_bleu, _wrong_bleus.ROWS)
bleu.add_mistakes(changed_bleu, _wrong_gram_counts.ROWS)


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
