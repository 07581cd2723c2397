"""Probes of week 1: on which inputs each exercise is tried."""

import numpy as np

from .core import probe


def _problem(rng, rows=12, features=4):
    """Return X, 0/1 labels with both classes, real targets, and weights."""
    X = rng.normal(size=(rows, features))
    y = (rng.permutation(rows) < rows // 2).astype(int)
    return X, y, rng.normal(size=rows) * 3, rng.normal(size=features)


@probe
def expand(call, rng):
    call("five points", rng.normal(size=(5, 2)))
    call("one point", rng.normal(size=(1, 2)))
    call("points of integers", rng.integers(2, 9, size=(4, 2)))


@probe
def probability(call, rng):
    X, _, _, w = _problem(rng)
    call("twelve rows", X, w)
    call("one row", X[:1], w)
    call("no rows", X[:0], w)
    call("integer weights", X, np.array([0, 1, -2, 1]))
    call("logits of +1000 and −1000", np.array([[1000.0], [-1000.0]]), np.ones(1))


@probe
def compute_loss(call, rng):
    X, y, _, w = _problem(rng)
    call("twelve rows", X, y, w)
    call("one row", X[:1], y[:1], w)
    call("integer weights", X, y, np.array([0, 1, -2, 1]))
    extreme = np.array([[1000.0], [1000.0], [-1000.0], [-1000.0]])
    call("logits of +1000 and −1000", extreme, np.array([1, 0, 1, 0]), np.ones(1))


@probe
def compute_grad(call, rng):
    X, y, _, w = _problem(rng)
    call("twelve rows", X, y, w)
    call("one row", X[:1], y[:1], w)
    call("integer weights", X, y, np.array([0, 1, -2, 1]))
    extreme = np.array([[1000.0], [1000.0], [-1000.0], [-1000.0]])
    call("logits of +1000 and −1000", extreme, np.array([1, 0, 0, 0]), np.ones(1))


@probe
def sgd_step(call, rng):
    w, grad = rng.normal(size=(2, 6))
    call("six weights", w, grad, rng.uniform(0.01, 0.5))
    call("integer weights", np.array([0, 0, 0, 0, 0, 1]), grad, rng.uniform(0.01, 0.5))


@probe
def momentum_step(call, rng):
    w, nu, grad = rng.normal(size=(3, 6))
    eta, alpha = rng.uniform(0.01, 0.3), rng.uniform(0.6, 0.95)
    call("the first step, from ν = 0", w, np.zeros(6), grad, eta, alpha)
    call("a later step", w, nu, grad, eta, alpha)
    call("integer weights", np.array([0, 0, 0, 0, 0, 1]), np.zeros(6, int), grad, eta, alpha)


@probe
def rmsprop_step(call, rng):
    w, grad = rng.normal(size=(2, 6))
    eta, alpha, eps = rng.uniform(0.01, 0.3), rng.uniform(0.6, 0.95), rng.uniform(0.01, 0.1)
    call("the first step, from G = 0", w, np.zeros(6), grad, eta, alpha, eps)
    call("a later step", w, rng.uniform(0.1, 2, size=6), grad, eta, alpha, eps)
    call("a gradient of zero", w, np.zeros(6), np.zeros(6), eta, alpha, eps)
    integers = np.array([0, 0, 0, 0, 0, 1])
    call("integer weights", integers, np.zeros(6, int), grad, eta, alpha, eps)


@probe
def adam_step(call, rng):
    w, m, grad = rng.normal(size=(3, 6))
    v = rng.uniform(0.1, 2, size=6)
    eta, eps = rng.uniform(0.01, 0.3), rng.uniform(0.01, 0.1)
    call(
        "the first step, from m = v = 0", w, np.zeros(6), np.zeros(6), grad, 1, eta, 0.9, 0.95, eps
    )
    call("step 4", w, m, v, grad, 4, eta, 0.8, 0.95, eps)
    call("a gradient of zero", w, np.zeros(6), np.zeros(6), np.zeros(6), 1, eta, 0.9, 0.999, eps)
    integers = np.array([0, 0, 0, 0, 0, 1])
    call(
        "integer weights",
        integers,
        np.zeros(6, int),
        np.zeros(6, int),
        grad,
        2,
        eta,
        0.9,
        0.95,
        eps,
    )


@probe
def learning_rate_schedule(call, rng):
    total, peak = int(rng.integers(8, 20)) * 10, rng.uniform(0.05, 0.5)
    warmup = int(rng.integers(2, 7)) / 20
    for step in (0, total // 20, total // 10, total // 5, total // 2, total - 1, total):
        call(f"step {step} of {total}, warm-up {warmup}", step, total, peak, warmup)
    call("the first step without warm-up", 0, total, peak, 0.0)
    call("half way without warm-up", total // 2, total, peak, 0.0)


@probe
def mse_loss(call, rng):
    X, _, targets, w = _problem(rng)
    call("twelve rows", X, targets, w)
    call("one row", X[:1], targets[:1], w)
    call("integer weights", X, targets, np.array([0, 1, -2, 1]))


@probe
def mse_grad(call, rng):
    X, _, targets, w = _problem(rng)
    call("twelve rows", X, targets, w)
    call("one row", X[:1], targets[:1], w)
    call("integer weights", X, targets, np.array([0, 1, -2, 1]))


@probe
def closed_form(call, rng):
    X, _, targets, _ = _problem(rng)
    X = np.column_stack([X, np.ones(len(X))])
    call("twelve rows, no penalty", X, targets, 0.0)
    call("twelve rows, with a penalty", X, targets, rng.uniform(0.3, 3))
    call("fewer rows than weights, with a penalty", X[:3], targets[:3], rng.uniform(0.3, 3))


@probe
def huber_loss(call, rng):
    residuals = np.concatenate([rng.uniform(-1, 1, 4), rng.uniform(2, 9, 3), -rng.uniform(2, 9, 3)])
    delta = rng.uniform(1.1, 1.9)
    call("only small residuals", residuals[:4], delta)
    call("small and large residuals", residuals, delta)
    call("a residual of exactly δ", np.array([1.5, -1.5]), 1.5)
    call("integer residuals", rng.integers(-9, 9, size=7), 2.0)


@probe
def soft_threshold(call, rng):
    w = np.concatenate([rng.uniform(0.6, 2, 3), -rng.uniform(0.6, 2, 3), rng.uniform(-0.4, 0.4, 3)])
    call("weights on both sides of the threshold", rng.permutation(w), 0.5)
    call("a threshold of zero", np.append(w, 0.0), 0.0)
    call("integer weights", np.array([-3, -1, 0, 1, 3]), 1.5)


@probe
def kfold_indices(call, rng):
    seed = int(rng.integers(2**32))
    call("20 rows in 5 folds", 20, 5, np.random.default_rng(seed))
    call("20 rows in 5 folds, the same seed again", 20, 5, np.random.default_rng(seed))
    call("20 rows in 5 folds, another seed", 20, 5, np.random.default_rng(seed + 1))
    call("23 rows in 4 folds", 23, 4, np.random.default_rng(seed))
    call("6 rows in 6 folds", 6, 6, np.random.default_rng(seed))
