"""Mistakes of `sgd`, as rows of switches."""

import numpy as np

from ._sgd_words import ANEW, CALLS, FORMS, HANDED, LATEST, ONCE, PAIRED, SAID, SHUFFLED


def _permutation(rows, rng, epoch):
    return rng.permutation(rows)


def slices(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def _batch(X, y, rows):
    return X[rows], y[rows]


def _result(path, start, w, epochs):
    return path


def loop(
    X, y, w, gradient, step, batch_size, epochs, rng,
    order=_permutation, cut=slices, batch=_batch, at=lambda w, start: w,
    move=lambda step, w, grad: step(w, grad), result=_result, last=None, per_epoch=False,
):  # fmt: skip
    """Train with switches: how rows are ordered and cut, which gradients, what is kept."""
    path, start = [], w
    for epoch in range(epochs if last is None else last(epochs)):
        for rows in cut(order(len(X), rng, epoch), batch_size):
            w = move(step, w, gradient(*batch(X, y, rows), at(w, start)))
            path += [] if per_epoch else [w]
        path += [w] if per_epoch else []
    return result(path, start, w, epochs)


def _drawn_anew(rows, rng, epoch):
    return rng.integers(rows, size=rows)


def _drawn_batches(order, size):
    return [np.random.default_rng(i).choice(order, len(rows), replace=False)
            for i, rows in enumerate(slices(order, size))]  # fmt: skip


def _whole_batches(order, size):
    return [order[i * size : (i + 1) * size] for i in range(len(order) // size)] or [order]


def _one_too_many(order, size):
    return [order[i * size : (i + 1) * size] for i in range(len(order) // size + 1)]


def _filled(order, size):
    return [np.resize(np.concatenate([rows, order]), size) for rows in slices(order, size)]


def _nearly_equal(order, size):
    return np.array_split(order, -(-len(order) // size))


def _of_one_generator(seed):
    return lambda rows, rng, epoch: np.random.default_rng(seed + epoch).permutation(rows)


def _unrepeatable(rows, rng, epoch):
    return np.random.default_rng().permutation(rows)


def _shuffled_batches(rows, rng, epoch):
    """Return the rows in blocks of ten that follow each other in a drawn order."""
    blocks = np.array_split(np.arange(rows), max(1, rows // 10))
    return np.concatenate([blocks[i] for i in rng.permutation(len(blocks))])


FIRST = {}


def _first_order(rows, rng, epoch):
    """Return the order of the first epoch in all of them."""
    if epoch == 0:
        FIRST["order"] = rng.permutation(rows)
    return FIRST["order"]


ROWS = [
    (SAID[SHUFFLED], {"order": lambda rows, rng, epoch: np.arange(rows)}),
    (SAID[SHUFFLED], {"order": _shuffled_batches}),
    (
        SAID[ANEW],
        {"order": lambda rows, rng, epoch: _first_order(rows, rng, epoch)},
    ),
    (SAID[ONCE], {"order": _drawn_anew}),
    (SAID[ONCE], {"cut": _drawn_batches}),
    (
        "The last batch is left out: what is left at the end of an epoch is a batch, too.",
        {"cut": _whole_batches},
    ),
    ("One of your batches is empty: stop where no rows are left.", {"cut": _one_too_many}),
    ("Your last batch is full: it holds only the rows that are left.", {"cut": _filled}),
    (
        "Your batches are all of nearly the same size, as np.array_split cuts them; here each "
        "holds batch_size rows, and the last one what is left.",
        {"cut": _nearly_equal},
    ),
    (
        "Each of your gradients is of all rows; it is of one batch.",
        {"cut": lambda order, size: [order]},
    ),
    (SAID[PAIRED], {"batch": lambda X, y, rows: (X[rows], y[: len(rows)])}),
    (SAID[LATEST], {"at": lambda w, start: start}),
    (SAID[HANDED], {"move": lambda step, w, grad: step(grad, w)}),
    ("Your loop stops too early: go on until all epochs are over.", {"last": lambda n: 1}),
    ("You run more epochs than were asked for.", {"last": lambda n: 2 * n}),
    (
        FORMS["the last weights alone"],
        {"result": lambda path, start, w, epochs: w},
    ),
    (FORMS["a pair"], {"result": lambda path, start, w, epochs: (w, path)}),
    (
        FORMS["the first weights too"],
        {"result": lambda path, start, w, epochs: [start, *path]},
    ),
    (FORMS["fewer weights than steps"], {"per_epoch": True}),
    (
        "The same rng gives another order each time: draw from `rng` alone, not from "
        "np.random, nor from a generator of your own.",
        {"order": _unrepeatable},
    ),
    (
        "Another rng gives the same order: the shuffle must be drawn from `rng`.",
        {"order": _of_one_generator(0)},
    ),
    (CALLS["no step"], {"move": lambda step, w, grad: w - 0.1 * grad}),
]
