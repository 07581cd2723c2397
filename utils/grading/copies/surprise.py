"""How surprising it is that two answers to one exercise agree, in bits, for all pairs at once."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from .fingerprints import fingerprint

ALIKE = 0.7  # share of the runs from which on two forms are one
LEVELS = (ALIKE, 0.8, 0.9)  # how much alike others of the class may be
SAME = 0.55  # what is alike up to here tells nothing; from here on the more, the more
NEW, FAMILIAR, KNOWN = 0.2, 0.06, 0.01  # bits of a run: new, of another exercise, of this one
FREE = 2.0  # bits of such runs that tell nothing: two who write three lines alike
PRIOR = 4.0  # as many learners does the prior count for, beside those of the class
FEW = 3  # learners who share a name or a comment before that counts as usual
KEEPS = 0.25  # of the prior's bits where the class writes the same more often than it says
WORDS, MOST_WORDS = 2.0, 12.0  # bits of a word in a comment, of one comment
USUAL_WORD = 1.0  # bits, of one that the notebook uses as well
FREE_WORDS = 3.0  # bits that tell nothing: `# compute the loss`
NAME, USUAL_NAME = 2.5, 0.5  # bits of a name that the course doesn't use, and of one that it does
USUAL = {  # in anybody's code
    *("answer", "array", "calc", "count", "curr", "current", "data", "diff", "final", "first"),
    *("index", "inner", "input", "item", "last", "left", "length", "list", "loss", "matrix"),
    *("mean", "name", "next", "number", "outer", "output", "part", "pred", "prev", "result"),
    *("right", "rows", "score", "second", "size", "start", "step", "temp", "term", "total"),
    *("update", "value", "values", "vector", "weights", "word"),
}
TOKENS, PER_TOKEN = 6, 0.04  # a line says nothing up to this length; bits of each token more
LONGEST_LINE = 60  # tokens that count
ODD = 1.0  # bits of odd spaces in a line
STYLE = 0.2  # share of the lines with odd spaces from which on they are somebody's way of writing


@dataclass
class Agreement:
    """What the pairs of a class share in one exercise, as matrices of learners × learners.

    share: how much of the form is alike, 0 to 1; bits: how surprising all that is shared is;
    there: for each learner, whether there is an answer.
    """

    share: np.ndarray
    bits: np.ndarray
    there: np.ndarray

    @property
    def alike(self):
        return self.share >= ALIKE


def agreement(exercise, codes, counts, known):
    """Return the Agreement in an exercise.

    codes: list of str, of each learner, '' for none; counts: array, how many learners each of them
    stands for; known: baseline.Baseline.
    """
    texts = sorted(set(codes))
    place = {text: number for number, text in enumerate(texts)}
    rows = np.array([place[code] for code in codes])
    times = np.zeros(len(texts), dtype=np.float32)
    np.add.at(times, rows, counts)
    found = [fingerprint(text) for text in texts]
    forms = [each.runs - known.given.runs for each in found]
    sizes = np.array([len(form) for form in forms], dtype=np.float32)
    own = known.versions.get(exercise)
    shared, surprise = _both(forms, lambda run: _bits_of_run(run, own, known))
    share = 2 * shared / np.maximum(sizes[:, None] + sizes[None, :], 1)
    details = _details(found, own, known)
    weights = _weights(details, times, counts.sum(), known)
    _, extra = _both(details, weights.get)
    bits = _of_form(surprise, share, times, counts.sum()) + extra
    whole = np.ix_(rows, rows)
    return Agreement(share[whole], bits[whole], sizes[rows] > 0)


def _bits_of_run(run, own, known):
    if own and run in own.runs:
        return KNOWN
    return FAMILIAR if run in known.course.runs else NEW


def _both(sets, bits):
    """Return two matrices for all pairs of sets: how many items both hold, and the sum of their
    bits, a function of an item."""
    counts = Counter(item for each in sets for item in each)
    shared = [item for item, count in counts.items() if count > 1]  # most are one set's alone
    items = {item: number for number, item in enumerate(shared)}
    table = np.zeros((len(sets), len(items)), dtype=np.float32)
    for row, each in enumerate(sets):
        table[row, [items[item] for item in each if item in items]] = 1
    weights = np.array([bits(item) for item in shared], dtype=np.float32)
    both, worth = table @ table.T, (table * weights) @ table.T
    np.fill_diagonal(both, [len(each) for each in sets])
    np.fill_diagonal(worth, [sum(map(bits, each)) for each in sets])
    return both, worth


def _of_form(surprise, share, times, count):
    """Return the bits that the forms' agreement is worth: what the course's own versions say of it,
    corrected by how many others of the class are as much alike."""
    prior = np.maximum(surprise - FREE, 0)
    size = max(count - 2, 0) + PRIOR
    most, expected = prior + np.log2(size / PRIOR), PRIOR * 2.0**-prior
    found = np.zeros_like(share)
    for level in LEVELS:
        alike = (share >= level).astype(np.float32)
        others = np.maximum((alike * times) @ alike.T - 2, 0)
        usual = np.log2(size / (others + expected))
        bits = np.where(others < 0.5, most, np.minimum(usual + KEEPS * prior, most))
        found = np.maximum(found, bits * alike)
    return found * np.clip((share - SAME) / (1 - SAME), 0, 1)


def _details(found, own, known):
    """Return the sets of what two texts can share beside their form: comments, names, lines."""
    usual = known.given.names | (own.names if own else set())
    sets = []
    for each in found:
        items = {("comment", words) for words in each.comments - known.given.comments}
        items |= {("name", name) for name in each.names - usual}
        lines = {line: size for line, size in each.lines.items() if line not in known.course.lines}
        items |= {("line", line, size) for line, size in lines.items() if size > TOKENS}
        if len(each.odd) <= STYLE * len(each.lines):
            items |= {("odd", line) for line in each.odd & lines.keys()}
        sets.append(items)
    return sets


def _bits_of_detail(item, known):
    kind, text = item[:2]
    if kind == "comment":
        bits = sum(USUAL_WORD if word in known.words else WORDS for word in text.split())
        return min(MOST_WORDS, max(0.0, bits - FREE_WORDS))
    if kind == "name":
        is_usual = len(text) < 4 or text in known.words or text.strip("_0123456789") in USUAL
        return USUAL_NAME if is_usual else NAME
    return ODD if kind == "odd" else PER_TOKEN * (min(item[2], LONGEST_LINE) - TOKENS)


def _weights(sets, times, count, known):
    """Return {detail: bits}; what many of the class share is worth less."""
    sharers = Counter()
    for items, number in zip(sets, times):
        sharers.update(dict.fromkeys(items, number))
    weights = {}
    for item, number in sharers.items():
        bits = _bits_of_detail(item, known)
        if number > FEW:
            bits = min(bits, np.log2(max(count, number) / number) + KEEPS * bits)
        weights[item] = bits
    return weights
