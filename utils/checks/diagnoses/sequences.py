"""Tuples, lists and dicts whose items are right, and in the wrong place."""

import contextlib
import itertools
import re

import numpy as np

from ..compare import same_value
from ..probes.recorder import Opaque

ITERATORS = {"map", "filter", "zip", "generator", "range", "reversed", "dict_keys", "dict_values"}


def iterator(case):
    """Something that only promises its items, or a set."""
    kind = re.fullmatch(r"an object of type (\w+)", case.ours) if _is_opaque(case.ours) else None
    if kind and kind[1] in ITERATORS and isinstance(case.theirs, (list, np.ndarray)):
        yield (
            f"You returned a {kind[1]}, which only promises its items: make a list of it, "
            "`list(…)`."
        )
    elif kind and kind[1] in ("set", "frozenset") and isinstance(case.theirs, list):
        yield "You returned a set, which has no order: return a list."


def list_for_array(case):
    """A list of the right numbers where an array is due."""
    ours, theirs = case.ours, case.theirs
    if isinstance(ours, list) and isinstance(theirs, np.ndarray) and theirs.ndim and ours:
        with contextlib.suppress(ValueError, TypeError):  # rows of different lengths
            if same_value(np.array(ours), theirs):
                yield "You returned a Python list; make an array of it, `np.array(…)`."


def too_many_results(case):
    """A tuple that goes on after what is due, or lacks its last part."""
    ours, theirs = case.ours, case.theirs
    if not _lists(ours, theirs) or all(map(_is_plain, [*ours, *theirs])):
        return
    short = min(len(ours), len(theirs))
    if short < 2 or not all(map(same_value, ours[:short], theirs[:short])):
        return
    if len(ours) > short:
        yield f"You returned {len(ours)} results; only the first {short} are due."
    elif len(theirs) > short:
        yield f"You returned {short} results; one or more are due after them."


def order_of_items(case):
    """A tuple whose items are exchanged."""
    ours, theirs = case.ours, case.theirs
    if not (_lists(ours, theirs) and len(ours) == len(theirs) and 2 <= len(theirs) <= 5):
        return
    if all(isinstance(item, (str, int, float)) for item in theirs):
        return
    for order in itertools.permutations(range(len(theirs))):
        if order != tuple(range(len(theirs))) and all(
            same_value(ours[i], theirs[j]) for i, j in enumerate(order)
        ):
            first = order.index(0) + 1
            yield (
                "The results are right, but in another order: what you return as number "
                f"{first} must come first."
            )
            return


def one_of_several(case):
    """Only one of the results that are due."""
    if isinstance(case.theirs, list) and not isinstance(case.ours, list):
        for number, item in enumerate(case.theirs):
            if same_value(case.ours, item):
                yield (
                    f"You returned only result number {number + 1} of {len(case.theirs)}: return "
                    "all of them, separated by commas."
                )
                return
    if isinstance(case.ours, list) and not isinstance(case.theirs, (list, dict)):
        if len(case.ours) == 1 and same_value(case.ours[0], case.theirs):
            yield "You put the result into a list: return it alone."
            return
        for number, item in enumerate(case.ours):
            if same_value(item, case.theirs):
                yield f"You returned {len(case.ours)} results; only number {number + 1} is due."
                return


def sequence(case):
    """Items of a list that are too many, missing, shifted, or in another order."""
    ours, theirs = case.ours, case.theirs
    if not _lists(ours, theirs) or not all(map(_is_plain, [*ours, *theirs])):
        return
    if len(ours) == len(theirs):
        if len(theirs) > 1 and ours == theirs[::-1]:
            yield "Your list is in reverse order."
        elif _sorted(ours) == _sorted(theirs) and len(theirs) > 1:
            if theirs == _sorted(theirs):
                yield "The items are right, but they must be sorted."
            else:
                yield "The items are right, but in another order."
        elif [str(item).lower() for item in ours] == [str(item).lower() for item in theirs]:
            yield "Upper and lower case are not as asked."
    elif ours and ours == theirs[: len(ours)]:
        yield f"The end is missing: after {ours[-1]!r} should come {theirs[len(ours)]!r}."
    elif ours and ours == theirs[len(theirs) - len(ours) :]:
        yield f"The start is missing: {theirs[len(theirs) - len(ours) - 1]!r} comes before it."
    elif theirs and ours[: len(theirs)] == theirs:
        yield f"Your list goes on too long: {ours[len(theirs)]!r} should not follow."
    elif theirs and ours[len(ours) - len(theirs) :] == theirs:
        yield f"Your list starts too early: {ours[0]!r} should not be there."
    elif ours:
        yield from _in_the_middle(ours, theirs)


def _in_the_middle(ours, theirs):
    missing = [item for item in theirs if item not in ours]
    more = [item for item in ours if item not in theirs]
    if missing and not more and [item for item in theirs if item in ours] == ours:
        yield f"Left out: {_few(missing)}."
    elif more and not missing and [item for item in ours if item in theirs] == theirs:
        yield f"Too many: {_few(more)}."


def numbering(case):
    """A dict of the right names with other numbers."""
    ours, theirs = case.ours, case.theirs
    if not (isinstance(ours, dict) and isinstance(theirs, dict)) or len(theirs) < 2:
        return
    if ours.keys() != theirs.keys() or not all(map(_is_int, [*ours.values(), *theirs.values()])):
        return
    shifts = {int(ours[key]) - int(theirs[key]) for key in theirs}
    if len(shifts) == 1 and (shift := shifts.pop()):
        first = min(int(value) for value in theirs.values())
        size = "large" if shift > 0 else "small"
        yield f"Every number is {abs(shift)} too {size}: start at {first}."
    elif sorted(map(int, ours.values())) == sorted(map(int, theirs.values())):
        yield "The names are numbered in another order."


def _few(items):
    shown = ", ".join(repr(item) for item in items[:3])
    return shown + (", …" if len(items) > 3 else "")


def _is_opaque(value):
    return isinstance(value, Opaque)


def _lists(ours, theirs):
    return isinstance(ours, list) and isinstance(theirs, list)


def _is_plain(item):
    return isinstance(item, (str, int, float, np.generic))


def _is_int(item):
    return isinstance(item, (int, np.integer)) and not isinstance(item, bool)


def _sorted(items):
    return sorted(items, key=lambda item: (isinstance(item, str), item))
