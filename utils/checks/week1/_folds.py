"""What must hold for every right split into folds, and what is said where it doesn't."""

import numpy as np

from ._fold_forms import FORMS, form_of, is_pairs

ENOUGH = 100  # rows, to see whether they are shuffled
PAIRS = "the result is a list of pairs (train, valid) of one-dimensional index arrays"
FORM = "its form"
SHUFFLED, REPEATED = "rows are shuffled", "the folds are those of the first call"
RIGHT_FORM = "a list of pairs"


def fold_facts(evidence):
    """Replace the folds by what must hold for every right split, as named facts."""
    first = evidence[0]["value"]
    return [
        seen
        if seen["error"] or seen["value"] is None
        else {**seen, "value": _split_facts(seen["value"], first, **seen["facts"])}
        for seen in evidence
    ]


def _fact_names(rows, compare_with_first):
    """Return the names of the facts that count for a case, in order."""
    left_out = {SHUFFLED} if rows < ENOUGH else set()
    left_out |= set() if compare_with_first else {REPEATED}
    return [name for name in (PAIRS, *SENTENCES) if name not in left_out]


def _split_facts(folds, first, rows, compare_with_first):
    names = _fact_names(rows, compare_with_first)
    if not is_pairs(folds):
        return dict.fromkeys(names) | {PAIRS: False, FORM: form_of(folds)}
    trains = [np.asarray(train, int) for train, _ in folds]
    valids = [np.asarray(valid, int) for _, valid in folds]
    validated = np.concatenate(valids)
    sizes = [len(valid) for valid in valids]
    everything = np.arange(rows)
    same = compare_with_first and is_pairs(first) and _as_lists(first) == _as_lists(folds)
    facts = {
        PAIRS: True,
        FORM: RIGHT_FORM,
        "number of folds": len(folds),
        "all rows exist": bool(all(_exist(part, rows) for part in (*trains, *valids))),
        "train and valid of a fold share rows": any(
            np.intersect1d(t, v).size > 0 for t, v in zip(trains, valids)
        ),
        "some valid part holds a row twice": any(np.unique(v).size < v.size for v in valids),
        "some rows are never validated": not np.isin(everything, validated).all(),
        "some rows are validated twice": np.unique(validated).size < validated.size,
        "train and valid of a fold make up all rows": all(
            np.isin(everything, np.concatenate([t, v])).all() for t, v in zip(trains, valids)
        ),
        "some train part holds a row twice": any(np.unique(t).size < t.size for t in trains),
        "valid parts differ by at most one row": max(sizes) - min(sizes) <= 1,
        SHUFFLED: rows >= ENOUGH and _are_shuffled(valids),
        REPEATED: same,
    }
    return {name: facts[name] for name in names}


def _exist(part, rows):
    return part.size == 0 or (part.min() >= 0 and part.max() < rows)


def _are_shuffled(valids):
    """Whether no distance dominates between the rows of the valid parts, in order.

    Where one in k rows is drawn into a part, distances of 1 are the most frequent: one in k of all,
    and k is 4 or more. That they are half of 200 has a chance below 1e-12.
    """
    steps = np.concatenate([np.diff(np.sort(valid)) for valid in valids])
    return bool(np.unique(steps, return_counts=True)[1].max() < len(steps) / 2)


def _as_lists(folds):
    return [[np.asarray(part).tolist() for part in pair] for pair in folds]


def _of_number(ours, theirs):
    if ours is None:
        return ""
    what = f"You return {ours} fold{'s' if ours != 1 else ''}, where {theirs} are asked for: "
    if ours == theirs - 1:
        return what + "the last one is left out, by range(n_folds - 1) or range(1, n_folds)."
    return what + "one pair for each of n_folds parts."


def _of_repetition(ours, theirs):
    if ours is None:
        return ""
    if theirs:
        return (
            "The same rng gives different folds each time: draw from `rng` alone, not from "
            "np.random, nor from a generator of your own."
        )
    return "Another rng gives the same folds: the shuffle must be drawn from `rng`."


def _known(sentence):
    """Say a sentence only where a fact is known: without pairs there are no others."""
    return lambda ours, theirs: "" if ours is None else sentence


SAID = {
    FORM: lambda ours, theirs: FORMS.get(ours, ""),
    "number of folds": _of_number,
    "all rows exist": "Some of your indices are no rows: they run from 0 to n_samples − 1.",
    "train and valid of a fold share rows": "A train part holds rows of its own valid part: train "
    "is all other rows.",
    "some valid part holds a row twice": "A valid part holds a row twice: rng.choice and "
    "rng.integers draw with replacement; rng.permutation gives each row once.",
    "some rows are never validated": "Some rows are in no valid part: cut the shuffled rows into "
    "parts that hold each row once, as np.array_split does.",
    "some rows are validated twice": "Some rows are in two valid parts: cut the shuffled rows into "
    "parts that hold each row once, as np.array_split does.",
    "train and valid of a fold make up all rows": "Some rows are in neither part of a fold: train "
    "is all rows that aren't in valid, so join all the other parts.",
    "some train part holds a row twice": "A train part holds a row twice: join each other part "
    "once.",
    "valid parts differ by at most one row": "Your valid parts differ by more than one row: share "
    "out the rows that are left over, as np.array_split does.",
    SHUFFLED: "The rows aren't shuffled: sorted data would give lopsided folds. Start "
    "from rng.permutation(n_samples), and keep what it returns.",
    REPEATED: _of_repetition,
}
SENTENCES = {
    name: sentence if callable(sentence) else _known(sentence) for name, sentence in SAID.items()
}
