"""What a wrong answer does, as a short code, and which answers of a class do the same.

All answers of a run are tried on the same inputs, so what they give can be compared: whether the
same cases go wrong, in the same parts, with the same numbers. Numbers that are rounded fall apart
where they lie on a border, so a code has the numbers themselves, and `grouped` compares them with
a tolerance.
"""

import contextlib
import hashlib
import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice, zip_longest

import numpy as np

from ...checks.compare import differing
from ...checks.matching import MORE
from ...checks.probes.recorder import Opaque
from ..results import Status

MAX_NUMBERS = 100  # in a code; what comes after them is told by its form alone
MAX_LEAVES = 10_000  # parts of one answer's values that are looked at
LARGEST = 1e300
COARSE = {2: 1e-2, 4: 1e-4}  # a float's bytes → tolerance, as checks have it
SLACK = 10  # times a check's tolerance: two wrong answers may both be off by that
EXACT = 1e-9
GOLDEN = (math.sqrt(5) - 1) / 2


def code(check, evidence, expected):
    """Return what a wrong answer does, a str of at most some 1,500 characters, or '' where that
    can't be told. It holds values of the run, so it is for the instructor alone.

    check: Check; evidence, expected: lists of observations, of the answer and of the reference.
    """
    with contextlib.suppress(Exception), np.errstate(all="ignore"):  # of a form nobody knows
        seen = _Seen(check)
        for pair in zip_longest(check.compared(evidence), check.compared(expected)):
            seen.add_case(*pair)
        return str(seen)
    return ""


class _Seen:
    """What differs from right: the form of it, hashed, and numbers."""

    def __init__(self, check):
        self.check, self.tolerance = check, check.rtol
        self.form, self.numbers, self.left = hashlib.sha256(), [], MAX_LEAVES

    def __str__(self):
        numbers = " ".join(f"{number:.7g}" for number in self.numbers[:MAX_NUMBERS])
        return f"{self.form.hexdigest()[:12]} {SLACK * self.tolerance:.0e} {numbers}".strip()

    def _note(self, *words):
        self.form.update(repr(words).encode("utf-8", "replace"))

    def add_case(self, ours, theirs):
        if ours is None or theirs is None:
            self._note("too many" if theirs is None else "too few")
        elif self.check.same(ours, theirs):
            self._note("right")
        elif ours["error"]:
            self._note("error", ours["error"]["type"])  # the message may quote names of their own
        elif theirs["error"] or ours["changed"] != theirs["changed"]:
            self._note("no error" if theirs["error"] else "changed", ours["changed"])
        else:
            self._add_value(ours["value"], theirs["value"])

    def _add_value(self, ours, theirs):
        for path, our, their in differing(ours, theirs, self.check.rtol, self.check.atol):
            self._note("part", path)
            arrays = []
            is_number = not isinstance(their, (bool, str, list, dict)) and their is not None
            self._add_form(our, np.asarray(their).dtype if is_number else None, arrays)
            self._add_numbers(np.concatenate(arrays) if arrays else np.zeros(0))

    def _add_form(self, value, due, arrays):
        """Note all of a value but its numbers, which are put into `arrays`. due: dtype or None."""
        self.left -= 1
        if isinstance(value, Opaque) or self.left < 0:
            self._note("object")  # its text names a learner's own class
        elif value is None or isinstance(value, (bool, str)):
            self._note(value)
        elif isinstance(value, (list, dict)):
            self._note(type(value).__name__, len(value))
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for key, item in islice(items, max(self.left, 0)):
                self._note(key)
                self._add_form(item, due, arrays)
        else:
            self._add_array(np.asarray(value), due, arrays)

    def _add_array(self, array, due, arrays):
        self._note(array.shape)
        if array.dtype.kind in "bU":
            self._note(array.tolist())
            return
        self._note(due is None or np.can_cast(array.dtype, due, "same_kind"))
        if array.dtype.kind == "f":
            self.tolerance = max(self.tolerance, COARSE.get(array.dtype.itemsize, 0.0))
        if array.dtype.kind == "c":
            array = np.stack([array.real, array.imag])
        arrays.append(array.astype(float).ravel())

    def _add_numbers(self, numbers):
        """Add two numbers for those of one part: their size, and a sum with weights, which tells
        their order. What isn't finite counts by its kind and place."""
        finite = np.isfinite(numbers)
        if not finite.all():
            self._note(numbers[~finite].tolist(), np.flatnonzero(~finite).tolist())
        numbers = np.clip(np.where(finite, numbers, 0), -LARGEST, LARGEST)
        if numbers.size:
            largest = np.abs(numbers).max() or 1.0
            weights = 0.5 + np.arange(1, numbers.size + 1) * GOLDEN % 1
            size = math.sqrt(np.mean((numbers / largest) ** 2))
            self.numbers += [largest * size, largest * np.mean(weights * (numbers / largest))]


@dataclass
class Group:
    """Answers to one exercise with one mistake, or that do the same.

    mistake: str, the sentence, or '' where no mistake is known; results: list of ExerciseResult.
    """

    mistake: str
    results: list = field(default_factory=list)


def grouped(results):
    """Return the wrong answers of a class to one exercise as Groups, the largest first.

    results: list of ExerciseResult of one run. Left out is what isn't wrong, and what gave nothing
    to compare, as where its cell failed. Those with the same mistake stand together, also where
    something else is wrong besides.
    """
    mistakes, forms = defaultdict(list), defaultdict(list)
    for result in results:
        if result.is_right or result.status != Status.GRADED:
            continue
        sentence = result.mistake.removesuffix(MORE).rstrip()
        if sentence:
            mistakes[sentence].append(result)
        elif result.behaviour:
            form, tolerance, numbers = _read(result.behaviour)
            forms[form, len(numbers)].append((result, tolerance, numbers))
    found = [Group(sentence, members) for sentence, members in mistakes.items()]
    found += [Group("", members) for coded in forms.values() for members in _alike(coded)]
    return sorted(found, key=lambda group: -len(group.results))


def _read(text):
    """Return (form, tolerance, numbers) of a code; what isn't one is a form of its own."""
    try:
        form, tolerance, *numbers = text.split()
        return form, float(tolerance), np.array([float(number) for number in numbers])
    except ValueError:
        return text, 0.0, np.zeros(0)


def _alike(coded):
    """Return lists of results whose numbers agree with those of the first in each.

    coded: list of (result, tolerance, numbers), as many numbers in each.
    """
    found = []
    for result, tolerance, numbers in coded:
        for members, other_tolerance, others in found:
            if _agree(numbers, others, max(tolerance, other_tolerance)):
                members.append(result)
                break
        else:
            found.append(([result], tolerance, numbers))
    return [members for members, *_ in found]


def _agree(numbers, others, tolerance):
    """Whether pairs of numbers, as `_Seen` has them, are the same within a tolerance of the first
    of each pair, the size."""
    sizes = np.maximum(numbers[::2], others[::2]).repeat(2)[: len(numbers)]
    slack = tolerance * sizes + max(EXACT, tolerance * EXACT / 1e-5)
    return bool((np.abs(numbers - others) <= slack).all())
