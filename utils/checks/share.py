"""How much of a wrong answer holds, for partial credit: the share of the cases.

A case counts only where it takes some work to pass it. It doesn't where an argument returned as it
came passes, or a constant: nothing, a number, zeros or ones of the right form, what is right in
another case, or what was right on other inputs. What an answer gets wrong counts in any case.
"""

import copy
import functools
import inspect
import sys
import warnings
from itertools import zip_longest

import numpy as np

from .compare import same_observation, same_value
from .probes.recorder import Known, Opaque, plain

CONSTANTS = (None, True, False, 0, 1, "", [], {})
MAX_CONSTANTS = 50  # results of the reference that are tried as constants


def share(check, evidence, expected, counts):
    """Return how much of a wrong answer holds, a float from 0 to below 1.

    check: Check; evidence, expected: lists of observations, of the answer and of the reference;
    counts: list of bool, see `counting`. Where all cases hold, it was something else that is wrong,
    and nothing can be said: 0.
    """
    holding = _holding(check, evidence, expected)
    tried = [held for held, does in zip_longest(holding, counts) if does or not held]
    return sum(map(bool, tried)) / len(tried) if not all(tried) else 0.0


def counting(check, seed):
    """Return which of a check's cases count on a seed, a list of bool.

    It tries all that is trivial, so it takes some thirty times as long as the probe.
    """
    if check.kept:
        return check.kept.counting(seed)
    calls, others = _Calls(check.reference), _Calls(check.reference)
    expected = check.evidence_of(calls, seed)
    elsewhere = check.evidence_of(others, seed + 1)

    def passed_by(function):
        try:
            evidence = check.evidence_of(Known(function), seed)
        except Exception:  # a probe that doesn't get along with this doesn't with such an answer
            return set()
        holding = _holding(check, evidence, expected)[: len(expected)]
        return {number for number, holds in enumerate(holding) if holds}

    passed = {number for number, seen in enumerate(expected) if seen["error"]}  # one `raise` does
    for number in passed_by(_replay(others.returned)):
        if _differ(calls.inputs[number], others.inputs[number]):
            passed.add(number)
    for number, (seen, other) in enumerate(zip(expected, elsewhere)):
        # what a recipe found inside the box is the box's claim; here it is the same on any inputs
        if calls.is_inside[number] and same_observation(seen, other):
            passed.add(number)
    for function in _trivial(calls):
        passed |= passed_by(function)
    for value in calls.constants():
        held = passed_by(_constant(value)) - passed
        if any(_differ(calls.inputs[a], calls.inputs[b]) for a in held for b in held):
            passed |= held
    return [number not in passed for number in range(len(expected))]


def _differ(inputs, others):
    return not same_value(inputs, others)


def _holding(check, evidence, expected):
    """Return in which cases an answer is right, list of bool; a case too many or too few isn't."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of odd answers NumPy has much to say
        pairs = zip_longest(check.compared(evidence), check.compared(expected))
        return [bool(ours and theirs and check.same(ours, theirs)) for ours, theirs in pairs]


class _Calls(Known):
    """The reference; keeps what it is given in each case, and what it returns from each call.

    inputs: list, plain, one per case, where one that looks again has those of the case before;
    is_inside: list of bool, whether a recipe made the case; returned: list, copies, where an Opaque
    stands for what can't be copied.
    """

    def __init__(self, reference):
        super().__init__(self._kept(reference), watch=self._note)
        self.inputs, self.is_inside, self.returned = [], [], []
        self._given, self._inside, self.most = None, False, 0

    def attempt(self, args):
        self._given, self._inside = args, False
        return super().attempt(args)

    def attempt_inside(self, recipe, args):
        self._given, self._inside = args, True
        return super().attempt_inside(recipe, args)

    def _note(self, evidence):
        self.inputs.append(plain(self._given))
        self.is_inside.append(self._inside)
        self._inside = False

    def _kept(self, reference):
        if inspect.isclass(reference):  # what it makes is no constant
            return reference

        @functools.wraps(reference)
        def called(*args, **options):
            self.most = max(self.most, len(args) + len(options))
            value = reference(*args, **options)
            self.returned.append(_copied(value))
            return value

        return called

    def constants(self):
        """Return the different values that it returned, as far as they can be returned again."""
        found = []
        for value in self.returned:
            is_new = not any(same_value(plain(value), plain(other)) for other in found)
            if not isinstance(value, Opaque) and is_new and len(found) < MAX_CONSTANTS:
                found.append(value)
        return found


def _copied(value):
    """Return a copy of a value that is made of numbers, strings and arrays, or an Opaque."""
    try:
        return Opaque("no plain value") if _holds_opaque(plain(value)) else copy.deepcopy(value)
    except Exception:  # a tensor that has no values yet
        return Opaque("no plain value")


def _holds_opaque(value):
    if isinstance(value, (list, dict)):
        return any(map(_holds_opaque, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Opaque)


def _trivial(calls):
    """Yield functions that do no work. calls: _Calls of the reference."""
    for number in range(calls.most):
        yield functools.partial(_argument, number)
    yield from map(_constant, CONSTANTS)
    for number in (0, 1):
        yield _replay([_filled(value, number) for value in calls.returned])


def _argument(number, *args, **options):
    values = [*args, *options.values()]
    return values[number] if number < len(values) else None


def _constant(value):
    return lambda *args, **options: copy.deepcopy(value)


def _replay(values):
    """Return a function that returns one after another of these, whatever it is given."""
    left = iter(values)
    return lambda *args, **options: copy.deepcopy(next(left, None))


def _filled(value, number):
    """Return a value of the same form that is full of zeros, or of ones; strings are empty."""
    if isinstance(value, (list, tuple)):
        return type(value)(_filled(item, number) for item in value)
    if isinstance(value, dict):
        return {key: _filled(item, number) for key, item in value.items()}
    if isinstance(value, str) or getattr(getattr(value, "dtype", None), "kind", "") == "U":
        return np.zeros_like(value)[()]
    if isinstance(value, (bool, int, float, complex)):
        return type(value)(number)
    if isinstance(value, (np.ndarray, np.generic)):
        return np.full_like(value, number)
    if hasattr(value, "__array__") and "keras" in sys.modules:
        return sys.modules["keras"].ops.full_like(value, number)
    return None
