"""Check of `kfold_indices`: every split with the right properties passes."""

import numpy as np

from ..check import new_check
from ._fold_forms import FORMS
from ._folds import SAID, SENTENCES, SHUFFLED, fold_facts

kfold_indices = new_check(__name__, points=2, properties=fold_facts, sentences=SENTENCES)


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


def _mask(rows, part):
    return np.isin(np.arange(len(rows)), part)


def _at_the_end(rows, k):
    return np.split(rows, [len(rows) // k * i for i in range(1, k)])


def _with_replacement(n, rng):
    return rng.integers(n, size=n)


kfold_indices.add_mistakes(
    _kfold,
    [
        (SAID[SHUFFLED], {"order": lambda n, rng: np.arange(n)}),
        (SAID[SHUFFLED], {"order": _from_another_start}),
        (SAID[SHUFFLED], {"order": _two_swapped}),
        (SAID["train and valid of a fold share rows"], {"pair": lambda rows, part: (rows, part)}),
        (
            "n_samples // n_folds drops the rows that are left over: some are never validated. "
            "np.array_split shares them out.",
            {"cut": lambda rows, k: np.split(rows[: len(rows) // k * k], k)},
        ),
        (SAID["valid parts differ by at most one row"], {"cut": _at_the_end}),
        (
            "The pair is (train, valid), the large part first; yours is the other way round.",
            {"pair": lambda rows, part: (part, np.setdiff1d(rows, part))},
        ),
        (
            "The same rng gives different folds each time: draw from `rng` alone, not from "
            "np.random, nor from a generator of your own.",
            {"order": lambda n, rng: np.random.default_rng().permutation(n)},
        ),
        (
            "The shuffle has a seed of its own (default_rng(0), np.random.seed, random_state), so "
            "another rng gives the same folds: draw from `rng`.",
            {"order": lambda n, rng: np.random.default_rng(0).permutation(n)},
        ),
        (SAID["some valid part holds a row twice"], {"order": _with_replacement}),
        (SAID["all rows exist"], {"order": lambda n, rng: 1 + rng.permutation(n)}),
        (
            "np.split cuts equal parts only, and fails for rows that don't divide evenly; "
            "np.array_split shares them out.",
            {"cut": np.split},
        ),
        (FORMS["floats"], {"pair": lambda rows, part: (_pair(rows, part)[0] * 1.0, part)}),
        (FORMS["masks"], {"pair": lambda rows, part: (~_mask(rows, part), _mask(rows, part))}),
        (
            "rng.shuffle changes its array in place and returns None: use rng.permutation, or keep "
            "the array.",
            {"order": lambda n, rng: rng.shuffle(np.arange(n)), "cut": np.array_split},
        ),
        (FORMS["parts"], {"pair": lambda rows, part: part}),
    ],
)


@kfold_indices.mistake(
    "Your valid parts overlap, so some rows are validated twice and some never: shuffle once for "
    "all folds, then cut."
)
def drawn_anew(n_samples, n_folds, rng):
    size = n_samples // n_folds
    orders = [rng.permutation(n_samples) for _ in range(n_folds)]
    return [(order[size:], order[:size]) for order in orders]


def _of_parts(n_samples, n_folds, rng, others, join=np.concatenate, form=list):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    return form((join(others(parts, i)), parts[i]) for i in range(n_folds))


def _two_lists(folds):
    return [list(parts) for parts in zip(*folds)]


def _all_others(parts, i):
    return parts[:i] + parts[i + 1 :]


kfold_indices.add_mistakes(
    _of_parts,
    [
        (FORMS["not joined"], {"others": _all_others, "join": list}),
        (FORMS["dict"], {"others": _all_others, "form": lambda folds: dict(enumerate(folds))}),
        (FORMS["two lists"], {"others": _all_others, "form": _two_lists}),
        (
            SAID["train and valid of a fold make up all rows"],
            {"others": lambda parts, i: parts[:i] + parts[i + 2 :] or [np.array([], int)]},
        ),
        (
            "Train is all other parts, those before the valid one and those after it: "
            "parts[:i] + parts[i + 1:]. Of no parts at all, np.concatenate fails.",
            {"others": lambda parts, i: parts[:i]},
        ),
    ],
)


@kfold_indices.alternative
def by_modulo(n_samples, n_folds, rng):
    fold = rng.permutation(np.arange(n_samples) % n_folds)
    return [(np.flatnonzero(fold != i), np.flatnonzero(fold == i)) for i in range(n_folds)]


@kfold_indices.alternative
def by_set_difference(n_samples, n_folds, rng):
    order = np.arange(n_samples)
    rng.shuffle(order)
    return [(np.setdiff1d(order, order[i::n_folds]), order[i::n_folds]) for i in range(n_folds)]
