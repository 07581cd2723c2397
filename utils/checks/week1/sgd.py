"""Check of `sgd`: every loop over mini-batches with the right properties passes."""

import numpy as np

from ..check import new_check
from ._sgd_facts import (
    ANEW,
    CALLS,
    FORMS,
    HANDED,
    LATEST,
    ONCE,
    PAIRED,
    SAID,
    SENTENCES,
    SHUFFLED,
    sgd_facts,
)

sgd = new_check(__name__, points=3, properties=sgd_facts, sentences=SENTENCES)


def _permutation(rows, rng, epoch):
    return rng.permutation(rows)


def _slices(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def _batch(X, y, rows):
    return X[rows], y[rows]


def _result(path, start, w, epochs):
    return path


def _sgd(
    X, y, w, gradient, step, batch_size, epochs, rng,
    order=_permutation, cut=_slices, batch=_batch, at=lambda w, start: w,
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
            for i, rows in enumerate(_slices(order, size))]  # fmt: skip


def _whole_batches(order, size):
    return [order[i * size : (i + 1) * size] for i in range(len(order) // size)] or [order]


def _one_too_many(order, size):
    return [order[i * size : (i + 1) * size] for i in range(len(order) // size + 1)]


def _filled(order, size):
    return [np.resize(np.concatenate([rows, order]), size) for rows in _slices(order, size)]


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


sgd.add_mistakes(
    _sgd,
    [
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
    ],
)


FIRST = {}


def _first_order(rows, rng, epoch):
    """Return the order of the first epoch in all of them."""
    if epoch == 0:
        FIRST["order"] = rng.permutation(rows)
    return FIRST["order"]


@sgd.mistake(CALLS["no gradient"])
def own_gradient(X, y, w, gradient, step, batch_size, epochs, rng):
    path = []
    for _ in range(epochs):
        for rows in _slices(rng.permutation(len(X)), batch_size):
            w = step(w, X[rows].T @ (X[rows] @ w - y[rows]) / len(rows))
            path.append(w)
    return path


@sgd.mistake(CALLS["more gradients than steps"])
def one_step_an_epoch(X, y, w, gradient, step, batch_size, epochs, rng):
    path = []
    for _ in range(epochs):
        batches = _slices(rng.permutation(len(X)), batch_size)
        w = step(w, np.mean([gradient(X[rows], y[rows], w) for rows in batches], axis=0))
        path.append(w)
    return path


@sgd.alternative
def shuffles_the_data(X, y, w, gradient, step, batch_size, epochs, rng):
    history = []
    for _ in range(epochs):
        order = np.arange(len(y))
        rng.shuffle(order)
        X, y = X[order], y[order]
        start = 0
        while start < len(X):
            stop = min(start + batch_size, len(X))
            w = step(w, gradient(X[start:stop], y[start:stop], w))
            history.append(w.copy())
            start = stop
    return np.array(history)


@sgd.alternative
def into_an_array(X, y, w, gradient, step, batch_size, epochs, rng):
    batches = int(np.ceil(len(X) / batch_size))
    path, t = np.zeros((epochs * batches, len(w))), 0
    for _ in range(epochs):
        order = np.argsort(rng.random(len(X)))
        for part in np.split(order, range(batch_size, len(X), batch_size)):
            grad = gradient(X=np.take(X, part, axis=0), y=np.take(y, part), w=w)
            path[t] = step(w, grad)
            w, t = path[t], t + 1
    return path


@sgd.alternative
def with_a_list_of_indices(X, y, w, gradient, step, batch_size, epochs, rng):
    weights = [np.array(w, dtype=float)]
    for _ in range(epochs):
        left = rng.choice(len(X), len(X), replace=False).tolist()
        while left:
            rows, left = left[:batch_size], left[batch_size:]
            weights.append(step(weights[-1], gradient(X[rows], y[rows], weights[-1])))
    return weights[1:]
