"""Finds the copies of a class, whatever its size."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from .chance import evidence, threshold
from .of_the_course import from_the_course
from .surprise import agreement

IDENTICAL, NEAR, REFERENCE = "identical", "nearly the same", "the course's reference"
RELATED = 0.5  # of the threshold: what most pairs of one group must have
WORTH = 1.0  # bits from which on an exercise is shown
ROUNDS = 5  # of looking for groups among the pairs that are in none yet
TO_THE_LETTER, ANSWERS = 10.0, 4  # bits where all of at least so many answers are the same text
SAME_MISTAKE, TELLS = 1.0, 3.0  # bits: how many a shared mistake adds at least and at most


@dataclass(frozen=True)
class Group:
    """Learners whose work agrees beyond chance.

    kind: str, one of the three above; learners: list of str, as the keys of `sources`, those two
    first that are nearest to each other; exercises: dict, exercise → float from 0 to 1, how much
    of the code is alike in these two (for the reference: in the first of them and the
    reference), the exercises that tell most first; references: dict, exercise → the reference's
    code, for that kind alone.
    """

    kind: str
    learners: list
    exercises: dict
    references: dict = field(default_factory=dict)


def groups(sources, known, mistakes=None):
    """Return the Groups of a class, copies first, the surest first, the reference's last.

    sources: dict, learner → {exercise: code}; known: baseline.Baseline of the week, what honest
    people write; mistakes: dict, learner → {exercise: str}, what is wrong in the answers that are
    wrong, or None: to make the same mistake tells more than to be right. Who hands in the
    reference in an exercise has copied that from nobody else.
    """
    taken, alike = from_the_course(sources, known)
    found = [*_copies(sources, known, mistakes or {}, alike)]
    if taken:
        first = max(taken, key=lambda learner: (len(taken[learner]), -list(taken).index(learner)))
        learners = [first, *(learner for learner in taken if learner != first)]
        of_first = dict(taken[first])
        texts = {exercise: known.references[exercise] for exercise in of_first}
        found.append(Group(REFERENCE, learners, of_first, texts))
    return found


class _Class:
    """The learners, those whose work is the same in every letter as one of them.

    people: list of lists of learners; codes: list of {exercise: code}; counts: array of how many.
    """

    def __init__(self, sources):
        same = {}
        for learner, codes in sources.items():
            same.setdefault(tuple(sorted(codes.items())), []).append(learner)
        self.people, self.codes = list(same.values()), [dict(key) for key in same]
        self.counts = np.array([len(each) for each in self.people], dtype=float)
        self.exercises = list(dict.fromkeys(name for codes in self.codes for name in codes))


def _copies(sources, known, mistakes, like_reference):
    room = _Class(sources)
    if len(sources) < 2 or not room.exercises:
        return
    firsts = [people[0] for people in room.people]
    of_each, excluded = {}, {}
    for exercise in room.exercises:
        codes = [each.get(exercise, "") for each in room.codes]
        each = of_each[exercise] = agreement(exercise, codes, room.counts, known)
        labels = [mistakes.get(learner, {}).get(exercise, "") for learner in firsts]
        each.bits += _of_mistakes(labels, each.alike)
        has = np.array([exercise in like_reference[learner] for learner in firsts])
        excluded[exercise] = has[:, None] & has[None, :]
    found = evidence(of_each, excluded)
    own = sum(each.there & ~excluded[name].diagonal() for name, each in of_each.items())
    np.fill_diagonal(found.total, found.total.diagonal() + TO_THE_LETTER * (own >= ANSWERS))
    for members in _clusters(found.total, room.counts, threshold(len(sources))):
        yield _group(members, room, found, excluded)


def _of_mistakes(labels, alike):
    """Return the bits that the same mistake adds, where the form is alike. labels: list of str."""
    counts = Counter(filter(None, labels))
    numbers = np.array([counts.get(label, 0) for label in labels])
    kinds = {label: number for number, label in enumerate(counts)}
    kind = np.array([kinds.get(label, -1) for label in labels])
    bits = np.log2(np.maximum(len(labels), 1) / np.maximum(numbers, 1))
    same = (kind[:, None] == kind[None, :]) & (kind >= 0)[:, None] & alike
    return np.where(same, np.clip(bits, SAME_MISTAKE, TELLS)[:, None], 0)


def _clusters(total, counts, least):
    """Yield lists of places of copies, the surest first, the nearest two of each first.

    total: matrix of bits; counts: array; least: float. Two clusters become one where most of their
    pairs are related, so nobody is chained to strangers; what stays apart is a group of its own.
    """
    first, second = np.nonzero(np.triu(total >= least))
    is_pair = (first != second) | (counts[first] > 1)
    first, second = first[is_pair], second[is_pair]
    order = np.argsort(-total[first, second], kind="stable")
    pairs = [(int(first[place]), int(second[place])) for place in order]
    related = total >= RELATED * least
    for _ in range(ROUNDS):
        clusters, pairs = _joined(pairs, related)
        yield from clusters
        if not pairs:
            return


def _joined(pairs, related):
    """Return (clusters, pairs that are in none of them)."""
    of = {}
    for one, two in pairs:
        here, there = of.setdefault(one, [one]), of.setdefault(two, [two])
        if here is there or 2 * related[np.ix_(here, there)].sum() < len(here) * len(there):
            continue
        here += there
        of.update(dict.fromkeys(there, here))
    seen, clusters, left = set(), [], []
    for one, two in pairs:
        if of[one] is not of[two]:
            left.append((one, two))
        elif id(of[one]) not in seen:
            seen.add(id(of[one]))
            clusters.append([one, two, *(each for each in of[one] if each not in (one, two))])
    return clusters, left


def _group(members, room, found, excluded):
    one, two = members[:2]
    members = list(dict.fromkeys(members))
    bits = {
        exercise: each.bits[one, two]
        for exercise, each in found.of_each.items()
        if each.there[one] and each.there[two] and not excluded[exercise][one, two]
    }
    told = [name for name in sorted(bits, key=bits.get, reverse=True) if bits[name] >= WORTH]
    shares = {name: round(float(found.of_each[name].share[one, two]), 3) for name in told}
    texts = [{_bare(room.codes[each].get(name, "")) for each in members} for name in told]
    kind = IDENTICAL if all(len(each) == 1 for each in texts) else NEAR
    nearest = [room.people[one][0], room.people[two][-1]]
    others = [learner for each in members for learner in room.people[each]]
    return Group(kind, list(dict.fromkeys([*nearest, *others])), shares)


def _bare(code):
    return tuple(line.rstrip() for line in code.splitlines() if line.strip())
