"""What must hold for every right loop over mini-batches."""

import numpy as np

from ..probes.recorder import Opaque
from ._sgd_words import (
    ANEW,
    CALLED,
    FORM,
    HANDED,
    KEPT,
    LATEST,
    ONCE,
    PAIRED,
    REPEATED,
    SHUFFLED,
    SIZES,
)

ENOUGH = 20  # rows, to see whether they are shuffled
ONE_EACH, RIGHT_FORM = "one gradient and one step", "weights after each step"


def sgd_facts(evidence):
    """Replace what was noted by what must hold for every right loop, as named facts."""
    first = evidence[0]["value"]
    return [
        {**seen, "value": _facts(seen["value"], first, **seen["facts"])}
        if _is_log(seen["value"])
        else seen
        for seen in evidence
    ]


def _is_log(value):
    return isinstance(value, dict) and {"result", "gradients", "steps"} <= value.keys()


def _facts(log, first, rows, batch_size, epochs, compare_with_first, w):
    gradients, steps = log["gradients"], log["steps"]
    names = [CALLED, SIZES, ONCE, PAIRED, SHUFFLED, ANEW, LATEST, HANDED, FORM, KEPT, REPEATED]
    left_out = {SHUFFLED} if rows < ENOUGH else set()
    left_out |= {ANEW} if rows < ENOUGH or epochs == 1 else set()
    left_out |= set() if compare_with_first else {REPEATED}
    names = [name for name in names if name not in left_out]
    called = _called(gradients, steps)
    if called != ONE_EACH:
        return dict.fromkeys(names) | {CALLED: called}
    sizes = [len(each["x"]) for each in gradients]
    form, path = _form_of(log["result"], steps, w)
    facts = {CALLED: called, SIZES: sizes, FORM: form}
    facts |= _facts_of_order(gradients, rows, -(-rows // batch_size), epochs)
    facts[LATEST] = _are_same(
        [each["w"] for each in gradients], [w, *(each["new"] for each in steps)][: len(steps)]
    )
    facts[HANDED] = _are_same(
        [each["w"] for each in steps], [each["w"] for each in gradients]
    ) and _are_same([each["grad"] for each in steps], [each["value"] for each in gradients])
    facts[KEPT] = path is not None and _are_same(path, [each["new"] for each in steps])
    same = _is_log(first) and _order(first["gradients"]) == _order(gradients)
    facts[REPEATED] = bool(compare_with_first and same)
    return {name: facts[name] for name in names}


def _facts_of_order(gradients, rows, batches, epochs):
    order = _order(gradients)
    orders = [order[start : start + rows] for start in range(0, epochs * rows, rows)]
    everything = list(range(rows))
    return {
        ONCE: all(sorted(each) == everything for each in orders),
        PAIRED: all(each["x"] == each["y"] for each in gradients),
        SHUFFLED: all(map(_is_shuffled, orders)),
        ANEW: len({tuple(each) for each in orders}) == len(orders),
    }


def _order(gradients):
    return [row for each in gradients for row in each["x"]]


def _is_shuffled(order):
    """Whether no distance dominates between neighbours: in order, or turned, it is always one."""
    if len(order) < 2:
        return False
    return bool(np.unique(np.diff(order), return_counts=True)[1].max() < len(order) / 3)


def _called(gradients, steps):
    if not gradients and not steps:
        return "neither"
    if not gradients or not steps:
        return "no step" if gradients else "no gradient"
    if len(gradients) == len(steps):
        return ONE_EACH
    if len(steps) > len(gradients):
        return "more steps than gradients"
    return "more gradients than steps"


def _form_of(result, steps, w):
    """Return the form of a result in words, and its weights as a list of arrays, or None."""
    if isinstance(result, (Opaque, dict, str)) or result is None:
        return "something else", None
    try:
        path = np.asarray(result, dtype=float)
    except (TypeError, ValueError):
        is_pair = isinstance(result, list) and len(result) == 2
        return ("a pair" if is_pair else "something else"), None
    size = len(w)
    if path.shape == (size,):
        return "the last weights alone", None
    if path.ndim != 2 or path.shape[1] != size:
        return "something else", None
    if len(path) == len(steps):
        return RIGHT_FORM, list(path)
    if len(path) == len(steps) + 1 and np.allclose(path[0], w):
        return "the first weights too", None
    return ("fewer weights than steps" if len(path) < len(steps) else "something else"), None


def _are_same(ours, theirs):
    return len(ours) == len(theirs) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b) for a, b in zip(ours, theirs)
    )
