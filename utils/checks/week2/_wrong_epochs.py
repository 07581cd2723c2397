"""Epochs in parts, each of which can be replaced by a wrong one: of NumPy's network."""

import numpy as np

from ._epoch_rows import _slices
from ._wrong_network_gradients import _backward


def _permutation(n, rng):
    return rng.permutation(n)


def _forward(layers, x):
    activations = [x]
    for layer in layers:
        x = x @ layer[0] + layer[1] if layer else np.maximum(x, 0)
        activations.append(x)
    return activations


def _entropy(logits, labels):
    """Return the mean cross-entropy and its gradient."""
    rows = np.arange(len(labels))
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    grad = p.copy()
    grad[rows, labels] -= 1
    return -np.log(p[rows, labels]).mean(), grad / len(labels)


def _descend(layers, gradients, rate):
    for layer, of_layer in zip(layers, gradients):
        for parameter, gradient in zip(layer, of_layer):
            parameter -= rate * gradient


def _epoch(
    layers, x, y, batch_size, rate, rng, order=_permutation, cut=_slices, update=_descend,
    labels=lambda y, rows, order: y[rows], change=lambda grad, rows: grad, after=False,
    of_loss=lambda loss, rows: loss, result=lambda losses: losses, most=None, stale=False,
):  # fmt: skip
    """Return the losses of an epoch with faults.

    order: from the count of samples and the generator to the order; cut: from the order to batches;
    change: of the gradient at the logits; after: whether the loss is that after the step; most: how
    many batches there are at most; stale: whether all gradients are those of the first weights.
    """
    rows_in_order, losses = order(len(x), rng), []
    start = [tuple(p.copy() for p in layer) for layer in layers]
    for rows in cut(rows_in_order, batch_size)[:most]:
        mine = labels(y, rows, rows_in_order)
        activations = _forward(start if stale else layers, x[rows])
        loss, grad = _entropy(activations[-1], mine)
        gradients = _backward(start if stale else layers, activations, change(grad, rows))
        update(layers, gradients, rate)
        if after:
            loss, _ = _entropy(_forward(layers, x[rows])[-1], mine)
        losses.append(of_loss(loss, rows))
    return result(losses)


def _uphill(layers, gradients, rate):
    _descend(layers, gradients, -rate)


def _rebound(layers, gradients, rate):
    for layer, of_layer in zip(layers, gradients):
        for parameter, gradient in zip(layer, of_layer):
            parameter = parameter - rate * gradient


def _replaced(layers, gradients, rate):
    for parameter, gradient in _pairs(layers, gradients):
        parameter[...] = -rate * gradient


def _pairs(layers, gradients):
    return [pair for both in zip(layers, gradients) for pair in zip(*both)]


def _weights_alone(layers, gradients, rate):
    for layer, of_layer in zip(layers, gradients):
        if layer:
            layer[0][...] -= rate * of_layer[0]


def _last_alone(layers, gradients, rate):
    _descend(layers[-1:], gradients[-1:], rate)


def _first_alone(layers, gradients, rate):
    _descend(layers[:1], gradients[:1], rate)


def _without_rate(layers, gradients, rate):
    _descend(layers, gradients, 1.0)


def _twice(layers, gradients, rate):
    _descend(layers, gradients, 2 * rate)


def _crossed(layers, gradients, rate):
    for parameter, gradient in _pairs(layers, gradients[::-1]):
        parameter -= rate * gradient  # raises where shapes differ
