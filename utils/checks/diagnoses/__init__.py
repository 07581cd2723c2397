"""What was done wrong, computed from the evidence of an answer and from what is right.

Nothing here knows an exercise. A catalogued mistake that gives the very evidence is surer; this is
for all the others.
"""

from collections import Counter
from functools import reduce
from operator import getitem

from ..compare import differing
from . import factors, failures, functions, layers, sequences, shapes, terms
from .cases import Case

OF_VALUES = [  # what says most comes first
    sequences.iterator,
    sequences.list_for_array,
    sequences.too_many_results,
    sequences.order_of_items,
    sequences.one_of_several,
    sequences.sequence,
    sequences.numbering,
]
OF_NUMBERS = [
    failures.not_finite,
    failures.comparison,
    failures.other_dtype,
    shapes.broadcast,
    shapes.transposed,
    shapes.shape_alone,
    shapes.not_reduced,
    functions.cut_off,
    terms.returned_input,
    factors.sign,
    terms.missing_term,
    terms.wrong_reduction,
    factors.step_from_input,
    factors.constant_factor,
    functions.function_of_result,
    functions.other_axis,
    shapes.along_an_axis,
    shapes.same_but_ordered,
]
ENOUGH = 0.9  # of the cases that differ
MANY = 4  # items of a list that differ


def diagnose(evidence, expected, check):
    """Return a sentence that says what was done wrong, or ''.

    evidence, expected: lists of observations, as `probes.recorder` describes; those of `expected`
    tell the inputs. check: Check, for its tolerance and what it says of facts and of layers.
    """
    everything = list(zip(evidence, expected))
    pairs = [(a, b) for a, b in everything if not check.same(a, b)]
    if not pairs:
        return ""
    of_layers = layers.first_difference(everything, check.layers) if check.layers else None
    returned = [pair for pair in pairs if not pair[0]["error"] and not pair[1]["error"]]
    if not returned:
        return of_layers or _of_error(pairs)
    if all(ours["changed"] != theirs["changed"] for ours, theirs in returned):
        return _of_change(*returned[0])
    if all(ours["value"] is None and theirs["value"] is not None for ours, theirs in returned):
        return "Your function ends without a `return`, so it gives None."
    return of_layers or _of_values(returned, check) or ""


def _of_error(pairs):
    errors = [ours["error"] for ours, _ in pairs if ours["error"]]
    if len(errors) < len(pairs):
        return ""
    alone = {theirs["facts"].get("alone", "") for _, theirs in pairs}
    return (alone.pop() if len(alone) == 1 else "") or failures.meaning_of(errors[0]) or ""


def _of_change(ours, theirs):
    names = " and ".join(f"`{name}`" for name in ours["changed"])
    if ours["value"] is None:
        return f"You changed {names} in place and returned nothing: return a new array."
    return (
        f"You changed the caller's {names} in place: `a -= b`, `a[mask] = 0` and "
        "`rng.shuffle(a)` do that. Work on a new array, as `a = a - b` makes one."
    )


def _of_values(pairs, check):
    whole = [_case(ours, theirs, ours["value"], theirs["value"]) for ours, theirs in pairs]
    found = _shared(OF_VALUES, whole)
    if found:
        return found
    for path, cases in _parts(pairs, check).items():
        found = _of_fact(path, cases, check)
        if found:
            return found
        is_fact = any(isinstance(key, str) for key in path)  # a list of facts isn't a result
        found = _shared(OF_NUMBERS if is_fact else OF_VALUES + OF_NUMBERS, cases)
        if found:
            return f"{_place(path)}: {found}" if path else found
    return None


def _parts(pairs, check):
    """Return {path to a part: its cases}, of the parts that differ.

    Of many items of one list, such as a caption for each image, a sentence must hold for all: they
    are cases of one part.
    """
    parts = {}
    for ours, theirs in pairs:
        found = differing(ours["value"], theirs["value"], check.rtol, check.atol)
        found = [_whole_fact(part, ours["value"], theirs["value"], check) for part in found]
        in_a_list = Counter(path[:-1] for path, *_ in found if path and isinstance(path[-1], int))
        for path, *values in found:
            is_one_of_many = bool(path) and in_a_list[path[:-1]] >= MANY
            key = (*path[:-1], "each") if is_one_of_many else path
            parts.setdefault(key, []).append(_case(ours, theirs, *values))
    return parts


def _whole_fact(part, ours, theirs, check):
    """Return a part that differs, or the whole fact that it belongs to, such as a list of sizes.

    part: (path, ours, theirs), as `differing` yields them; ours, theirs: the values they are from.
    """
    path, *_ = part
    places = [place for place, key in enumerate(path) if _is_fact(key, check)]
    if not places or places[-1] == len(path) - 1:
        return part
    path = path[: places[-1] + 1]
    return path, *(reduce(getitem, path, value) for value in (ours, theirs))


def _is_fact(key, check):
    return isinstance(key, str) and key in check.sentences


def _of_fact(path, cases, check):
    """Return what a check says of a fact that doesn't hold, or None."""
    names = [key for key in path if _is_fact(key, check)]
    if not names:
        return None
    sentence = check.sentences[names[-1]]
    first = cases[0]
    return sentence(first.ours, first.theirs) if callable(sentence) else sentence


def _place(path):
    """Say where in a result it is, counted as in the lines below it: from 0."""
    words = [f"item {key}" if isinstance(key, int) else key for key in path]
    if isinstance(path[0], int):
        words[0] += " of the result"
    words[0] = words[0][0].upper() + words[0][1:]
    return ", ".join(words)


def _case(ours, theirs, our_value, their_value):
    inputs = theirs.get("inputs", {}) | _plain_facts(theirs["facts"])
    return Case(our_value, their_value, inputs, tuple(ours["warnings"]))


def _plain_facts(facts):
    """Facts that are numbers are sizes that a probe states."""
    return {
        key: value
        for key, value in facts.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }


def _shared(diagnoses, cases):
    """Return the sentence that holds for the first case and for most of the others, or None."""
    for diagnosis in diagnoses:
        first = list(dict.fromkeys(diagnosis(cases[0])))
        if not first:
            continue
        counts = Counter(
            sentence for case in cases[1:] for sentence in set(diagnosis(case)) & set(first)
        )
        best = max(first, key=lambda sentence: counts[sentence])
        if counts[best] + 1 >= ENOUGH * len(cases):
            return best
    return None
