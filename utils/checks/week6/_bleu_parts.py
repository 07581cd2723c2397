"""BLEU with changes, as wrong answers compute it, and what they take for its parts."""

import math
from collections import Counter

import numpy as np


def grams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def most(references, n):
    counts = [Counter(grams(reference, n)) for reference in references]
    return {gram: max(c[gram] for c in counts) for gram in set().union(*counts)}


def summed(references, n):
    return Counter(gram for reference in references for gram in grams(reference, n))


def nearest(references, candidate, tie=1):
    """Return the length that is nearest to the candidate's. tie: 1 prefers the shorter of two."""
    lengths = [len(reference) for reference in references]
    return min(lengths, key=lambda length: (abs(length - len(candidate)), tie * length))


def geometric(precisions):
    """Return the geometric mean of numbers from 0 up."""
    return float(np.exp(np.mean(np.log(precisions)))) if min(precisions) else 0.0


def exponential(r, c, most=1.0):
    return min(most, float(np.exp(1 - r / c))) if c else 0.0


def changed_bleu(
    references, candidates, max_n=4, limit=most, length=nearest, mean=geometric,
    penalty=exponential, add=(0.0, 0.0), grams=grams, finish=list, once=False,
    share=lambda found, possible: found / possible if possible else 0.0,
    of=lambda candidate, refs, counts, n: sum(counts.values()),
):  # fmt: skip
    """Return BLEU-1 to BLEU-max_n, with changes.

    add: what is added to the n-grams that are found and to those that are possible; of: how many a
    candidate has; once: whether an n-gram is found once at most.
    """
    c = sum(map(len, candidates))
    r = sum(map(length, references, candidates))
    precisions = []
    for n in range(1, max_n + 1):
        found, possible = add
        for refs, candidate in zip(references, candidates):
            allowed, counts = limit(refs, n), Counter(grams(candidate, n))
            hits = {gram: min(count, allowed.get(gram, 0)) for gram, count in counts.items()}
            found += sum(min(1, hit) if once else hit for hit in hits.values())
            possible += of(candidate, refs, counts, n)
        precisions.append(share(found, possible))
    factor = penalty(r, c)
    return finish([factor * mean(precisions[:n]) for n in range(1, max_n + 1)])


def nonzero(precisions):
    return geometric([p for p in precisions if p] or [0.0])


def by_math(precisions):
    return math.exp(sum(math.log(p) for p in precisions) / len(precisions))


def by_shares(precisions):
    return math.exp(sum(math.log(p) / len(precisions) for p in precisions))


def fewest(references, n):
    counts = [Counter(grams(reference, n)) for reference in references]
    return {gram: min(c[gram] for c in counts) for gram in set().union(*counts)}


def harmonic(precisions):
    return len(precisions) / sum(1 / p for p in precisions) if min(precisions) else 0.0


def farthest(references, candidate):
    return len(max(references, key=lambda reference: abs(len(reference) - len(candidate))))


def any_order(references, n):
    counts = Counter()
    for reference in references:
        counts |= Counter(tuple(sorted(gram)) for gram in grams(reference, n))
    return counts
