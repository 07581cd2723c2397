"""What must hold for every right loop over mini-batches, and what is said where it doesn't."""

import numpy as np

from ..probes.recorder import Opaque

ENOUGH = 20  # rows, to see whether they are shuffled
CALLED = "what each step calls"
FORM = "the form of the result"
SIZES = "rows in each batch"
ONCE = "each epoch goes through every row once"
PAIRED = "the rows of X and y in a batch belong together"
SHUFFLED = "rows are shuffled"
ANEW = "each epoch has an order of its own"
LATEST = "each gradient is taken at the weights of the step before"
HANDED = "each step gets those weights and that gradient"
KEPT = "the result holds the weights after each step"
REPEATED = "the order is that of the first call"
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


CALLS = {
    "neither": "Your loop calls neither `gradient` nor `step`, the functions that it was given.",
    "no gradient": "`gradient` is never called: each step needs the gradient of its own batch.",
    "no step": "`step` is never called: it makes the new weights of the old ones and the gradient.",
    "more steps than gradients": "`step` is called more often than `gradient`: each step needs a "
    "gradient of its own.",
    "more gradients than steps": "`gradient` is called more often than `step`: take a step after "
    "each batch.",
}
FORMS = {
    "the last weights alone": "You returned the last weights alone; a list of the weights after "
    "each step is asked for.",
    "a pair": "You returned a pair; a list of the weights after each step is asked for, alone.",
    "the first weights too": "Your list begins with the weights before the first step; it holds "
    "those after each step alone.",
    "fewer weights than steps": "Your list is shorter than the number of steps: append the weights "
    "after each step, not after each epoch.",
}


def _of_sizes(ours, theirs):
    if ours is None or ours == theirs:
        return ""
    size, last = max(theirs), theirs[-1]
    if 0 in ours:
        return "One of your batches is empty: stop where no rows are left."
    if last < size and ours == [each for each in theirs if each == size]:
        return "The last batch is left out: what is left at the end of an epoch is a batch, too."
    if last < size and len(ours) == len(theirs) and set(ours) == {size}:
        return "Your last batch is full: it holds only the rows that are left."
    if len(ours) < len(theirs) and ours == theirs[: len(ours)]:
        batches = theirs.index(last) + 1 if last < size else len(theirs)
        if len(ours) == batches or len(theirs) % len(ours) == 0:
            return "Your loop stops too early: go on until all epochs are over."
        return ""
    if len(ours) > len(theirs) and len(ours) % len(theirs) == 0:
        return "You run more epochs than were asked for."
    if len(set(ours)) == 1 and len(ours) < len(theirs) and ours[0] > size:
        return "Each of your gradients is of all rows; it is of one batch."
    if max(ours) - min(ours) <= 1 and sum(ours) == sum(theirs) and max(theirs) - last > 1:
        return (
            "Your batches are all of nearly the same size, as np.array_split cuts them; here each "
            "holds batch_size rows, and the last one what is left."
        )
    return ""


def _known(sentence):
    """Say a sentence only where a fact is known."""
    return lambda ours, theirs: "" if ours is None else sentence


def _of_repetition(ours, theirs):
    if ours is None:
        return ""
    if theirs:
        return (
            "The same rng gives another order each time: draw from `rng` alone, "
            "not from np.random, "
            "nor from a generator of your own."
        )
    return "Another rng gives the same order: the shuffle must be drawn from `rng`."


SAID = {
    ONCE: "Some rows come twice in an epoch, and some not at all: shuffle all rows once, then cut "
    "that order into batches.",
    PAIRED: "The rows of X and y in a batch don't belong together: take both by the same indices.",
    SHUFFLED: "The rows aren't shuffled: draw an order of all rows from rng, and keep what it "
    "returns.",
    ANEW: "All epochs go through the rows in the same order: shuffle anew at the start of each.",
    LATEST: "A gradient isn't taken at the latest weights: each step starts from what the step "
    "before returned.",
    HANDED: "`step` gets the latest weights and the gradient of this batch, in this order.",
    KEPT: "Your list doesn't hold what `step` returned, in the order of the steps.",
}
SENTENCES = {
    CALLED: lambda ours, theirs: CALLS.get(ours, ""),
    SIZES: _of_sizes,
    **{name: _known(sentence) for name, sentence in SAID.items()},
    FORM: lambda ours, theirs: FORMS.get(ours, ""),
    REPEATED: _of_repetition,
}
