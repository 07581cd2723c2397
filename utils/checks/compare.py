"""Compares evidence with the reference's evidence and words the first difference."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from .probes.recorder import Opaque

MAX_SHOWN = 8
IS_BOOL = "this should be"  # begins what is said of a value, before its name


@dataclass(frozen=True)
class Difference:
    """The first difference found. case: the call in words; text: what differs."""

    case: str
    text: str


def compare(evidence, expected, rtol=1e-6, atol=1e-9):
    """Return the first `Difference` between two lists of observations, or None.

    evidence, expected: lists as `probes.recorder` describes. rtol, atol: as in `numpy.isclose`.
    """
    for ours, theirs in zip(evidence, expected):
        found = _compare_observation(ours, theirs, rtol, atol)
        if found:
            return Difference(theirs["case"], found())
    if len(evidence) != len(expected):
        return Difference(
            expected[-1]["case"],
            f"{len(expected)} results were expected; there are {len(evidence)}.",
        )
    return None


def differing(ours, theirs, rtol=1e-6, atol=1e-9, path=()):
    """Yield (path, ours, theirs) for the parts of a value that differ.

    path: tuple of the indices of lists and keys of dicts that lead there. A list of another length,
    or of strings, is one part; so are dicts in which all that both have is the same.
    """
    if same_value(ours, theirs, rtol, atol):
        return
    found = []
    for key, pair in _parts(ours, theirs):
        found += differing(*pair, rtol, atol, (*path, key))
    yield from found or [(path, ours, theirs)]


def _parts(ours, theirs):
    """Return [(index or key, (ours, theirs))] of two lists or dicts, else []."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return [(key, (ours[key], theirs[key])) for key in theirs if key in ours]
    are_lists = isinstance(theirs, list) and isinstance(ours, list) and len(ours) == len(theirs)
    if are_lists and not all(isinstance(item, str) for item in theirs):
        return list(enumerate(zip(ours, theirs)))
    return []


def same_value(ours, theirs, rtol=1e-6, atol=1e-9):
    """Whether two plain values are the same, as far as a check can tell."""
    return _compare_value(ours, theirs, rtol, atol) is None


def same_observation(ours, theirs, rtol=1e-6, atol=1e-9):
    """Whether two observations are the same, as far as a check can tell."""
    return _compare_observation(ours, theirs, rtol, atol) is None


# Each of these returns None, or a function () that says in words what differs: most comparisons
# look only whether something does, and to print arrays takes ten times as long as to compare them.


def _compare_observation(ours, theirs, rtol, atol):
    if theirs["error"]:
        if not ours["error"]:
            kind = theirs["error"]["type"]
            return partial(str, f"it should raise {kind}; it returned a value.")
        same = ours["error"]["type"] == theirs["error"]["type"]
        return None if same else partial(_error_text, ours["error"])
    if ours["error"]:
        return partial(_error_text, ours["error"])
    if ours["changed"] != theirs["changed"]:
        return partial(_changed_text, ours["changed"])
    found = _compare_value(ours["value"], theirs["value"], rtol, atol)
    return found and partial(_of_the_result, found, ours["warnings"])


def _error_text(error):
    where = f"\nin line {error['line']} of your code: `{error['text']}`" if error["line"] else ""
    return f"it raised {error['type']}: {error['message']}{where}"


def _changed_text(names):
    listed = ", ".join(f"`{name}`" for name in names)
    return f"it modified its input {listed}." if names else "it must change its input."


def _of_the_result(found, warnings):
    text = found()
    if text.startswith(IS_BOOL):
        text = f"the result {text.removeprefix('this ')}"
    return f"{text}\nNumPy warned on the way: {'; '.join(warnings)}." if warnings else text


def _compare_value(ours, theirs, rtol, atol):
    if ours is None and theirs is not None:
        return partial(_nothing_text, theirs)
    if isinstance(theirs, list):
        return _compare_list(ours, theirs, rtol, atol)
    if isinstance(theirs, dict):
        return _compare_dict(ours, theirs, rtol, atol)
    if isinstance(theirs, bool) and isinstance(ours, bool):
        return None if ours is theirs else partial(str, f"{IS_BOOL} {theirs}; it is {ours}.")
    if theirs is None or isinstance(theirs, (str, bool)):
        same = type(ours) is type(theirs) and ours == theirs
        return None if same else partial(_expected_got, theirs, ours)
    return _compare_numbers(ours, theirs, rtol, atol)


def _nothing_text(theirs):
    # a dict is what a probe makes of a result, not what the learner was asked for
    wanted = "" if isinstance(theirs, dict) else f"{_kind(theirs)} was expected; "
    return f"{wanted}nothing was returned. Is a `return` missing?"


def _compare_list(ours, theirs, rtol, atol):
    if isinstance(ours, np.ndarray) and ours.ndim:
        ours = list(ours)  # of a pair, np.stack makes an array; of an empty list, np.array
    if not isinstance(ours, list):
        return partial(_should_be, theirs, ours)
    if len(ours) != len(theirs):
        wanted = f"have {len(theirs)} items" if theirs else "be an empty tuple or list"
        return partial(str, f"this should {wanted}; it has {len(ours)}.")
    for index, (our, their) in enumerate(zip(ours, theirs)):
        found = _compare_value(our, their, rtol, atol)
        if found:
            return partial(_within, f"in item {index} of the result:\n", found)
    return None


def _within(place, found):
    return f"{place}{found()}"


def _compare_dict(ours, theirs, rtol, atol):
    if not isinstance(ours, dict):
        return partial(str, f"{_kind(ours)} is not what is asked for here.")
    for key in theirs:
        if key not in ours:
            return partial(str, f"the key {key!r} is missing.")
        found = _compare_value(ours[key], theirs[key], rtol, atol)
        if found:
            return partial(_within, f"{key}: ", found)
    extra = [key for key in ours if key not in theirs]
    return partial(str, f"the key {extra[0]!r} is not expected.") if extra else None


def _compare_numbers(ours, theirs, rtol, atol):
    if isinstance(ours, (str, list, dict, bool)) or ours is None:
        return partial(_should_be, theirs, ours)
    our, their = np.asarray(ours), np.asarray(theirs)
    if our.shape != their.shape:
        return partial(str, f"the shape should be {their.shape}; it is {our.shape}.")
    kinds = our.dtype.kind, their.dtype.kind
    other_kind = kinds[0] != kinds[1] and bool({"b", "U"} & set(kinds))
    if other_kind or not np.can_cast(our.dtype, their.dtype, "same_kind"):
        return partial(str, f"the dtype should be {their.dtype}; it is {our.dtype}.")
    if their.dtype.kind == "U":
        return None if np.array_equal(our, their) else partial(_expected_got, theirs, ours)
    rtol, atol = _tolerance(our, their, rtol, atol)
    wrong = ~np.isclose(our, their, rtol=rtol, atol=atol, equal_nan=True)
    return partial(_numbers_text, ours, theirs, wrong) if wrong.any() else None


def _numbers_text(ours, theirs, wrong):
    our, their = np.asarray(ours), np.asarray(theirs)
    bad = wrong & ~np.isfinite(our)
    index = tuple(int(i) for i in np.argwhere(bad if bad.any() else wrong)[0])
    lines = [_expected_got(theirs, ours)] if wrong.size <= MAX_SHOWN else []
    if index:
        expected, got = _pair(their[index], our[index])
        lines.append(
            f"first difference at index {list(index)}: expected {expected}, got {got} "
            f"({int(wrong.sum())} of {wrong.size} differ)"
        )
    return "\n".join(lines)


def _tolerance(our, their, rtol, atol):
    """Widen the tolerance to that of the coarser side: "a float" may have single precision."""
    coarse = max(array.dtype.kind == "f" and 8 - array.dtype.itemsize for array in (our, their))
    if coarse >= 6:
        return max(rtol, 1e-2), max(atol, 1e-3)
    return (max(rtol, 1e-4), max(atol, 1e-5)) if coarse else (rtol, atol)


def _pair(expected, got):
    """Return two numbers as text, with as many digits as tell them apart."""
    for digits in range(6, 18):
        shown = [_number(value, digits) for value in (expected, got)]
        if shown[0] != shown[1]:
            break
    return shown


def _number(value, digits):
    is_float = np.asarray(value).dtype.kind in "fc"
    return f"{value + 0.0:.{digits}g}" if is_float else str(value)  # + 0.0: never "-0"


def _show(value, digits=6):
    if isinstance(value, (str, bool)) or value is None:
        return repr(value)
    if isinstance(value, (list, dict)):
        return _kind(value)
    array = np.asarray(value)
    if array.ndim == 0:
        return _number(array[()], digits)
    return np.array2string(array, precision=digits, separator=", ")


def _should_be(theirs, ours):
    return f"this should be {_kind(theirs)}; it is {_kind(ours)}."


def _expected_got(theirs, ours):
    for digits in range(6, 18):
        expected, got = _show(theirs, digits), _show(ours, digits)
        if expected != got:
            break
    return f"expected {expected}\n     got {got}"


def _kind(value):
    if isinstance(value, Opaque):
        return str(value)
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {value.shape}"
    if isinstance(value, list):
        return f"a tuple or list of {len(value)}"
    names = {type(None): "None", str: "a string", bool: "a bool", dict: "a dict"}
    return names.get(type(value), "a number")
