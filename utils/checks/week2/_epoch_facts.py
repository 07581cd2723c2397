"""What holds for every right epoch, in whatever order the samples come.

Each sample of such an observation has an input of its own, so its row of W tells in which way and
how far it was moved; where all start at zero and the steps are small, that is told by its label and
by the size of its batch.
"""

import numpy as np

USED = "the samples that have their turn"
LABELS = "each sample comes with its own label"
SIZES = "the batches that the samples were in"
SAME = "the same generator gives the same batches"
NEW = "the batches of another generator"

SHUFFLED = "Shuffle first, anew in each call: the samples came in one and the same order."
OTHER_RNG = "Draw from `rng` alone; `np.random` is another generator."
OWN_RNG = (
    "You made a generator of your own, which draws the same in each call: draw from the `rng` that "
    "you are given."
)
APART = "The samples came with the labels of others: take the same rows of x and of y."
NOT_ALL = (
    "Some samples never had their turn in this epoch: each has it once, also those of the last, "
    "short batch."
)
UNMOVED = (
    "No parameter changed in the epoch: after each batch, change each one in place by minus rate "
    "times its gradient."
)
SENTENCES = {
    USED: lambda ours, theirs: UNMOVED if ours == "none" else NOT_ALL,
    LABELS: APART,
    SAME: OTHER_RNG,
    NEW: lambda ours, theirs: SHUFFLED if ours == "in the order of the data" else OWN_RNG,
}


def epoch_facts(evidence):
    """Replace the parameters after an epoch in unknown order by what holds for every right one."""
    seen_last, first, result = [], None, []
    for seen in evidence:
        value, facts = seen["value"], seen["facts"]
        if value is not None and facts:
            W, size = np.asarray(value["parameters"][0], float), facts["batch size"]
            found = _facts(W, facts["labels"], size, facts["rate"])
            found |= {"number of losses": int(np.size(value["losses"]))}
            seen_last.append(tuple(np.flatnonzero(_is_in_last(W, facts))))
            first = W if first is None else first
            if len(seen_last) == 2:
                found[SAME] = bool(np.allclose(W, first, rtol=1e-6, atol=0))
            if len(seen_last) == 5:  # by chance they are alike once in a million times
                found[NEW] = _how_shuffled(set(seen_last), len(W))
            value = found
        result.append({**seen, "value": value})
    return result


def _how_shuffled(last, rows):
    """Return in words how several epochs differ. last: set of the last batches' samples, tuples."""
    if len(last) > 1:
        return "others"
    (only,) = last
    ends = {tuple(range(len(only))), tuple(range(rows - len(only), rows))}
    return "in the order of the data" if only in ends else "always the same"


def _facts(W, labels, size, rate):
    moved = np.abs(W).max(axis=1) > 1e-3 * rate
    own = W.argmax(axis=1) == labels
    return {
        USED: "all" if moved.all() else "some" if moved.any() else "none",
        LABELS: bool(own[moved].all()),
        SIZES: _sizes(W, labels, rate),
    }


def _sizes(W, labels, rate):
    """Return the sizes of the batches that the samples tell of, each of them once per sample.

    A sample that is not in a batch tells 0.
    """
    steps = W[np.arange(len(W)), labels] / (rate * (1 - 1 / W.shape[1]))
    return [int(min(round(1 / step), 1000)) if step > 1e-3 else 0 for step in sorted(steps)]


def _is_in_last(W, facts):
    """Return which samples were in a batch that was smaller than the others, an array of bool."""
    labels = facts["labels"]
    steps = W[np.arange(len(W)), labels] / (facts["rate"] * (1 - 1 / W.shape[1]))
    return steps > 1.02 / facts["batch size"]
