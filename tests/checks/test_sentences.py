"""What a check says of a fact that doesn't hold can be said of any value that the fact may have."""

import copy

import numpy as np
import pytest

from tests.checks.test_checks import ALL, name_of
from utils.checks.diagnoses import diagnose

PLAIN = (bool, int, float, str)  # arrays have the form of the right ones


def others(value):
    """Yield values of the same kind as a fact's, as another answer might have them."""
    if isinstance(value, bool | np.bool_):
        yield not value
    elif isinstance(value, int | float | np.number):
        yield from (value + 1, value - 1, 0 * value, -value, 7 * value)
    elif isinstance(value, str):
        yield from ("another", f"not {value}", "0", "()", "3×5", "None×None×3", *value.split()[:1])
    elif isinstance(value, list | tuple) and all(isinstance(item, PLAIN) for item in value):
        kind = type(value)
        yield from (kind(), kind([*value, *value[:1]]), kind(value[1:]), kind(value[::-1]))
        for place, item in enumerate(value[:2]):
            for other in others(item):
                yield kind([*value[:place], other, *value[place + 1 :]])


def facts_of(value, names, path=()):
    """Yield (path, fact) for all facts in a value that have one of these names."""
    parts = value.items() if isinstance(value, dict) else ()
    parts = enumerate(value) if isinstance(value, list | tuple) else parts
    for key, part in parts:
        if isinstance(key, str) and key in names and not isinstance(part, dict):
            yield (*path, key), part
        else:
            yield from facts_of(part, names, (*path, key))


def with_other(value, path, other):
    """Return a copy of a value with another part at a path."""
    if not path:
        return other
    changed = copy.copy(value)
    changed[path[0]] = with_other(value[path[0]], path[1:], other)
    return changed


def has_functions(check):
    return any(callable(sentence) for sentence in check.sentences.values())


@pytest.mark.parametrize("check", filter(has_functions, ALL), ids=name_of)
def test_no_sentence_fails_on_another_value(check):
    right = check.compared(check.known(check.reference, 0))
    for number, seen in enumerate(right):
        for path, fact in facts_of(seen["value"], check.sentences):
            for other in others(fact):
                changed = {**seen, "value": with_other(seen["value"], path, other)}
                said = diagnose([*right[:number], changed, *right[number + 1 :]], right, check)
                assert isinstance(said, str), (path, other)
