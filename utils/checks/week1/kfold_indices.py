"""Check of `kfold_indices`: every split with the right properties passes."""

import numpy as np

from ..check import new_check

ENOUGH = 100  # rows, to see whether they are shuffled
PAIRS = "the result is a list of pairs (train, valid) of one-dimensional index arrays"


def _fold_properties(evidence):
    """Replace the folds by what must hold for every right split, as named yes-or-no facts."""
    first = evidence[0]["value"]
    return [
        seen
        if seen["error"] or seen["value"] is None
        else {**seen, "value": _split_facts(seen["value"], first, **seen["facts"])}
        for seen in evidence
    ]


def _is_pairs(folds):
    return (
        isinstance(folds, list)
        and len(folds) > 0
        and all(isinstance(pair, list) and len(pair) == 2 for pair in folds)
        and all(_is_index_array(part) for pair in folds for part in pair)
    )


def _is_index_array(part):
    if isinstance(part, list):
        return all(isinstance(item, int | np.integer) for item in part)
    return isinstance(part, np.ndarray) and part.ndim == 1 and part.dtype.kind in "iu"


def _split_facts(folds, first, rows, compare_with_first):
    if not _is_pairs(folds):
        return {PAIRS: False}
    trains = [np.asarray(train, int) for train, _ in folds]
    valids = [np.asarray(valid, int) for _, valid in folds]
    validated = np.concatenate(valids)
    sizes = [len(valid) for valid in valids]
    everything = np.arange(rows)
    facts = {
        PAIRS: True,
        "number of folds": len(folds),
        "train and valid of a fold share rows": any(
            np.intersect1d(t, v).size > 0 for t, v in zip(trains, valids)
        ),
        "some rows are never validated": not np.isin(everything, validated).all(),
        "some rows are validated twice": np.unique(validated).size < validated.size,
        "train and valid of a fold make up all rows": all(
            np.isin(everything, [*t, *v]).all() for t, v in zip(trains, valids)
        ),
        "some train part holds a row twice": any(np.unique(t).size < t.size for t in trains),
        "valid parts differ by at most one row": max(sizes) - min(sizes) <= 1,
    }
    if rows >= ENOUGH:
        facts["rows are shuffled"] = _are_shuffled(valids)
    if compare_with_first:
        same = _is_pairs(first) and _as_lists(first) == _as_lists(folds)
        facts["the folds are those of the first call"] = same
    return facts


def _are_shuffled(valids):
    """Whether no distance dominates between the rows of the valid parts, in order.

    Where one in k rows is drawn into a part, distances of 1 are the most frequent: one in k of all,
    and k is 4 or more. That they are half of 200 has a chance below 1e-12.
    """
    steps = np.concatenate([np.diff(np.sort(valid)) for valid in valids])
    return bool(np.unique(steps, return_counts=True)[1].max() < len(steps) / 2)


def _as_lists(folds):
    return [[list(part) for part in pair] for pair in folds]


kfold_indices = new_check(__name__, points=2, properties=_fold_properties)


def _permutation(n, rng):
    return rng.permutation(n)


def _pair(rows, part):
    return np.setdiff1d(rows, part), part


def _kfold(n_samples, n_folds, rng, order=_permutation, cut=np.array_split, pair=_pair):
    rows = order(n_samples, rng)
    return [pair(rows, part) for part in cut(rows, n_folds)]


def _from_another_start(n, rng):
    return np.roll(np.arange(n), 1 + rng.integers(n - 1))


def _two_swapped(n, rng):
    order, (i, j) = np.arange(n), rng.choice(n, size=2, replace=False)
    order[[i, j]] = order[[j, i]]
    return order


IN_ORDER = (
    "The rows aren't shuffled: sorted data would give lopsided folds. "
    "Start from rng.permutation(n_samples)."
)

kfold_indices.add_mistakes(
    _kfold,
    [
        (IN_ORDER, {"order": lambda n, rng: np.arange(n)}),
        (IN_ORDER, {"order": _from_another_start}),
        (IN_ORDER, {"order": _two_swapped}),
    ],
)

kfold_indices.add_mistakes(
    _kfold,
    {
        "The train part still holds the validation rows: take them out.": {
            "pair": lambda rows, part: (rows, part)
        },
        "n_samples // n_folds drops the rows that are left over: some are never "
        "validated. np.array_split shares them out.": {
            "cut": lambda rows, k: np.split(rows[: len(rows) // k * k], k)
        },
        "All rows that are left over went into the last fold: valid parts may differ "
        "by one row at most.": {
            "cut": lambda rows, k: np.split(rows, [len(rows) // k * i for i in range(1, k)])
        },
        "The pair is (train, valid), the large part first; yours is the other way round.": {
            "pair": lambda rows, part: (part, np.setdiff1d(rows, part))
        },
        "The same rng gives different folds each time: draw from `rng`, not from np.random.": {
            "order": lambda n, rng: np.random.default_rng().permutation(n)
        },
        "You seeded a generator of your own, so another rng gives the same folds: "
        "draw from `rng`.": {"order": lambda n, rng: np.random.default_rng(0).permutation(n)},
    },
)


@kfold_indices.mistake(
    "You drew each fold anew, so some rows are validated twice and some never: "
    "shuffle once, then cut."
)
def drawn_anew(n_samples, n_folds, rng):
    size = n_samples // n_folds
    orders = [rng.permutation(n_samples) for _ in range(n_folds)]
    return [(order[size:], order[:size]) for order in orders]


@kfold_indices.mistake(
    "Train is a list of parts: join them with np.concatenate, so that it is one array of rows."
)
def parts_not_joined(n_samples, n_folds, rng):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return [(parts[:i] + parts[i + 1 :], parts[i]) for i in range(n_folds)]


@kfold_indices.alternative
def by_modulo(n_samples, n_folds, rng):
    fold = rng.permutation(np.arange(n_samples) % n_folds)
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(n_folds)]


@kfold_indices.alternative
def by_set_difference(n_samples, n_folds, rng):
    order = np.arange(n_samples)
    rng.shuffle(order)
    return [(np.setdiff1d(order, order[i::n_folds]), order[i::n_folds]) for i in range(n_folds)]
