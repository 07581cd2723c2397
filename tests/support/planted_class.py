"""A made-up class in which it is known who made which mistake, and who copied from whom.

Each learner's answers are drawn from the catalogue's alternatives and mistakes and from
tests/answers, and then written in that learner's own style: names, comments, spaces, the order of
statements, forms of an expression. A version of the catalogue is drawn by any number of them, as it
is known to be what people write. One of tests/answers that is long is drawn once, with all its
variants: no two people write the same thirty lines.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

from utils.grading import canaries

from .restyled import KINDS, Style, hidden
from .written_versions import versions

WRONG, UNSOLVED = 0.3, 0.04  # shares of the answers
LONG = 300  # characters from which on an answer that the catalogue doesn't know is one person's
IMPORTS = "import keras\nimport numpy as np\nimport tensorflow as tf"


@dataclass
class Planted:
    """A class. answers: dict, learner → {exercise: source}; drawn: dict, learner → {exercise:
    Version}, of which the answers are made, without those that are unsolved; copies: list of (who
    copied, from whom, kind)."""

    week: int
    answers: dict = field(default_factory=dict)
    drawn: dict = field(default_factory=dict)
    copies: list = field(default_factory=list)
    gone: list = field(default_factory=list)  # versions that one person has

    def has_left(self, version):
        """Whether nobody has a version yet, or another of which it is a variant."""
        return version.is_known or not any(_is_variant(version, each) for each in self.gone)

    @property
    def mistakes(self):
        """Return a Counter of (exercise, the catalogue's sentence), how many made that mistake."""
        return Counter(
            (exercise, version.text)
            for versions in self.drawn.values()
            for exercise, version in versions.items()
            if version.text
        )

    @property
    def groups(self):
        """Return the sets of learners that copies connect."""
        found = []
        for one, two, _ in self.copies:
            joined = [each for each in found if each & {one, two}]
            found = [each for each in found if each not in joined] + [{one, two}.union(*joined)]
        return found

    def notebook(self, learner):
        """Return the bytes of a learner's notebook."""
        imports = IMPORTS if self.week > 1 else "import numpy as np"
        return canaries.notebook(imports, *self.answers[learner].values())


def planted_class(week, seed=0, count=40, copies=True):
    """Return the Planted class of a week.

    seed: int; count: int, how many learners; copies: whether some of them copy, for which there
    must be 18 at least.
    """
    rng = random.Random(f"{week} {seed}")
    found = Planted(week)
    for number in range(count):
        _honest(found, f"learner {number + 1:02}", random.Random(rng.random()))
    if copies:
        _copy(found, rng)
    return found


def _honest(found, learner, rng):
    style = Style(rng)
    answers, drawn = found.answers.setdefault(learner, {}), found.drawn.setdefault(learner, {})
    for exercise, choices in versions(found.week).items():
        if rng.random() < UNSOLVED:
            continue
        is_right = rng.random() > WRONG
        left = [each for each in choices if each.is_right == is_right and found.has_left(each)]
        if not left:
            continue
        version = drawn[exercise] = rng.choice(left)
        if not version.is_known and len(version.source) > LONG:
            found.gone.append(version)
        answers[exercise] = _decorated(style.own(version.source), exercise)


def _is_variant(one, two):
    """Whether half of the lines of one version are in another."""
    first, second = (set(map(str.strip, each.source.splitlines()[1:])) for each in (one, two))
    return 2 * len(first & second) >= min(len(first), len(second))


def _decorated(source, exercise):
    for kind in ("def", "class"):
        head = f"{kind} {exercise}"
        if source.startswith((head + "(", head + ":")):
            return "@exercise\n" + source
        source = source.replace(f"\n{head}(", f"\n@exercise\n{head}(", 1)
    return source


def _copy(found, rng):
    """Plant one pair of each kind, one of a single long answer, and a chain of three."""
    people = rng.sample(sorted(found.answers), 2 * len(KINDS) + 5)
    for kind in KINDS:
        _plant(found, people.pop(), people.pop(), kind, rng)
    _plant(found, people.pop(), people.pop(), "verbatim", rng, most=1)
    first, second, third = people
    _plant(found, second, first, "renamed", rng)
    _plant(found, third, second, "reordered", rng)


def _plant(found, who, source, kind, rng, most=None):
    """Have somebody copy all that another has, or `most` of the longest answers that the catalogue
    doesn't know: what it knows is what honest people write."""
    style = Style(random.Random(rng.random()))
    theirs = found.answers[source]
    names = list(theirs)
    if most is not None:
        names = [name for name in theirs if not found.drawn[source][name].is_known]
        names.sort(key=lambda name: -len(theirs[name]))
    for exercise in names[:most]:
        found.answers[who][exercise] = hidden(theirs[exercise], kind, style)
        found.drawn[who][exercise] = found.drawn[source][exercise]
    if most is None:
        for exercise in found.answers[who].keys() - theirs.keys():
            del found.answers[who][exercise], found.drawn[who][exercise]
    found.copies.append((who, source, kind if most is None else f"{most} of the answers"))
