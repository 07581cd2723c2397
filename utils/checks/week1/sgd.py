"""Check of `sgd`: every loop over mini-batches with the right properties passes."""

import numpy as np

from ..check import new_check
from ._sgd_facts import sgd_facts
from ._sgd_words import CALLS, SENTENCES
from ._wrong_sgds import ROWS, loop, slices

sgd = new_check(__name__, points=3, properties=sgd_facts, sentences=SENTENCES)

sgd.add_mistakes(loop, ROWS)


@sgd.mistake(CALLS["no gradient"])
def own_gradient(X, y, w, gradient, step, batch_size, epochs, rng):
    path = []
    for _ in range(epochs):
        for rows in slices(rng.permutation(len(X)), batch_size):
            w = step(w, X[rows].T @ (X[rows] @ w - y[rows]) / len(rows))
            path.append(w)
    return path


@sgd.mistake(CALLS["more gradients than steps"])
def one_step_an_epoch(X, y, w, gradient, step, batch_size, epochs, rng):
    path = []
    for _ in range(epochs):
        batches = slices(rng.permutation(len(X)), batch_size)
        w = step(w, np.mean([gradient(X[rows], y[rows], w) for rows in batches], axis=0))
        path.append(w)
    return path


@sgd.mistake(
    "You shuffled the caller's X in place, and its rows no longer belong to those of y: draw an "
    "order of row numbers, and take both by it."
)
def shuffles_in_place(X, y, w, gradient, step, batch_size, epochs, rng):
    path = []
    for _ in range(epochs):
        rng.shuffle(X)
        for rows in slices(np.arange(len(X)), batch_size):
            w = step(w, gradient(X[rows], y[rows], w))
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
