"""Finds who handed in the course's reference solutions."""

import math

from .chance import HIDDEN, LEAST, PARTS
from .fingerprints import fingerprint

SHARE = 0.85  # of the reference's runs of tokens, names and all, that a copy has at least
SHORT, ONE = 10, 2.5  # runs up to which nothing is told; bits of a longer one: one in six writes it
FREE, PER_RUN = 25, 0.12  # runs that tell no more than that, and bits of each further one
MOST = 60.0  # bits of an exercise


def from_the_course(sources, known):
    """Return (whose work is the reference beyond chance, whose answers are like it).

    sources: dict, learner → {exercise: code}; known: baseline.Baseline. Names count here. The first
    is a dict, learner → {exercise: share}, the longest exercises first; the second a dict, learner
    → set of exercises, of all learners: what is like the reference may be so by chance, but was
    hardly copied from somebody else.
    """
    references = {name: fingerprint(code).named for name, code in known.references.items()}
    taken, alike = {}, {}
    for learner, codes in sources.items():
        shares, totals = {}, [0.0] * len(PARTS)
        for exercise in codes.keys() & references.keys():
            share, bits = _likeness(codes[exercise], references[exercise], known)
            if not bits:
                continue
            likelier = 2**bits * (1 - HIDDEN) if share >= SHARE else HIDDEN
            totals = [sum + math.log2(p * likelier + 1 - p) for sum, p in zip(totals, PARTS)]
            if share >= SHARE:
                shares[exercise] = (bits, round(share, 3))
        alike[learner] = {*shares}
        if max(totals) >= LEAST:
            order = sorted(shares, key=lambda name: (-shares[name][0], name))
            taken[learner] = {exercise: shares[exercise][1] for exercise in order}
    return taken, alike


def _likeness(code, reference, known):
    """Return (share of what is alike, the bits that this is worth: 0 where it tells nothing)."""
    reference = reference - known.given.named
    own = fingerprint(code).named - known.given.named - (known.helpers - reference)
    if not own or len(reference) < SHORT:
        return 0.0, 0.0
    both = len(own & reference)
    share = min(both / len(reference), both / len(own) + 0.15)
    return share, min(MOST, ONE + max(0, both - FREE) * PER_RUN)
