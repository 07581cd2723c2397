"""Check of `kfold_indices`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

PAIRS = "the result is a list of pairs (train, valid) of one-dimensional index arrays"


def _fold_properties(evidence):
    """Replace the folds by what must hold for every right split, as named yes-or-no facts."""
    first = evidence[0]["value"]
    result = []
    for seen in evidence:
        value = seen["value"]
        if value is not None and not seen["error"]:
            facts = {PAIRS: _is_pairs(value)}
            if facts[PAIRS]:
                facts |= _split_facts(value, rows=int(seen["case"].split()[0]))
                if "seed" in seen["case"]:
                    facts["the folds are those of the first call"] = _same_folds(first, value)
            value = facts
        result.append({**seen, "value": value})
    return result


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


def _split_facts(folds, rows):
    trains = [np.asarray(train, int) for train, _ in folds]
    valids = [np.asarray(valid, int) for _, valid in folds]
    validated = np.concatenate(valids)
    sizes = [len(valid) for valid in valids]
    everything = np.arange(rows)
    return {
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
        "rows are shuffled": rows < 10 or any(np.unique(np.diff(v)).size > 1 for v in valids),
    }


def _same_folds(a, b):
    return (
        _is_pairs(a)
        and len(a) == len(b)
        and all(np.array_equal(x[0], y[0]) and np.array_equal(x[1], y[1]) for x, y in zip(a, b))
    )


kfold_indices = new_check(__name__, points=2, properties=_fold_properties)


@kfold_indices.mistake(
    "The rows aren't shuffled: data that lies sorted would give lopsided folds. "
    "Start from rng.permutation(n_samples)."
)
def not_shuffled(n_samples, n_folds, rng):
    parts = np.array_split(np.arange(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(n_folds)]


@kfold_indices.mistake("The train part still holds the validation rows: take them out.")
def train_is_all(n_samples, n_folds, rng):
    order = rng.permutation(n_samples)
    return [(order, part) for part in np.array_split(order, n_folds)]


@kfold_indices.mistake(
    "You drew each fold anew, so some rows are validated twice and some never: "
    "shuffle once, then cut."
)
def drawn_anew(n_samples, n_folds, rng):
    folds = []
    for _ in range(n_folds):
        order = rng.permutation(n_samples)
        size = n_samples // n_folds
        folds.append((order[size:], order[:size]))
    return folds


@kfold_indices.mistake(
    "n_samples // n_folds drops the rows that are left over: some are never "
    "validated. np.array_split shares them out."
)
def remainder_dropped(n_samples, n_folds, rng):
    order, size = rng.permutation(n_samples), n_samples // n_folds
    parts = [order[i * size : (i + 1) * size] for i in range(n_folds)]
    return [(np.setdiff1d(order, part), part) for part in parts]


@kfold_indices.mistake(
    "All rows that are left over went into the last fold: valid parts may differ "
    "by one row at most."
)
def remainder_last(n_samples, n_folds, rng):
    order, size = rng.permutation(n_samples), n_samples // n_folds
    parts = np.split(order, [size * i for i in range(1, n_folds)])
    return [(np.setdiff1d(order, part), part) for part in parts]


@kfold_indices.mistake(
    "The pair is (train, valid), the large part first; yours is the other way round."
)
def parts_swapped(n_samples, n_folds, rng):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return [(parts[i], np.concatenate(parts[:i] + parts[i + 1 :])) for i in range(n_folds)]


@kfold_indices.mistake(
    "The same rng gives other folds each time: draw from `rng`, not from np.random."
)
def global_random(n_samples, n_folds, rng):
    parts = np.array_split(np.random.default_rng().permutation(n_samples), n_folds)
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(n_folds)]


@kfold_indices.mistake(
    "You gave a generator a seed of your own, so another rng gives the same folds: draw from `rng`."
)
def own_seed(n_samples, n_folds, rng):
    return kfold_indices.reference(n_samples, n_folds, np.random.default_rng(0))


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
