"""On which inputs `network_backward` is tried."""

import numpy as np

from ..recorder import probe


def _draw_dense(rng, x, y):
    """Return (W, b) of a dense layer that makes y of x: there is one, as x has few rows."""
    b = rng.normal(size=y.shape[1])
    return np.linalg.lstsq(x, y - b, rcond=None)[0], b


def _draw_relu(rng, rows, units):
    """Return an input and the output of a ReLU layer; half of each row is positive."""
    size = rng.uniform(0.2, 2, size=(rows, units))
    is_on = rng.permuted(np.tile(np.arange(units) < units // 2, (rows, 1)), axis=1)
    return np.where(is_on, size, -size), np.where(is_on, size, 0.0)


def _network(rng):
    """Return layers, the activations of a batch, and the gradient at the logits."""
    rows, inputs, units = (int(rng.integers(low, low + 2)) for low in (3, 5, 8))
    x, logits = rng.normal(size=(rows, inputs)), rng.normal(size=(rows, 7))
    activations = [x, *_draw_relu(rng, rows, units), *_draw_relu(rng, rows, units), logits]
    layers = [_draw_dense(rng, *activations[i : i + 2]) if i % 2 == 0 else () for i in range(5)]
    return layers, activations, rng.normal(size=logits.shape)


def _some_dense(rng, *widths):
    """Return layers and activations of dense layers in a row; all widths are 3 or more."""
    activations = [rng.normal(size=(3, width)) for width in widths]
    return [_draw_dense(rng, *pair) for pair in zip(activations, activations[1:])], activations


def _of_equal_widths(rng, width):
    """Return layers and activations of a network in which no product of matrices can fail."""
    x, logits = rng.normal(size=(2, width, width))
    activations = [x, *_draw_relu(rng, width, width), logits]
    return [_draw_dense(rng, *activations[:2]), (), _draw_dense(rng, *activations[2:])], activations


@probe
def network_backward(call, rng):
    layers, activations, grad = _network(rng)
    hidden = activations[1].shape
    call("dense, ReLU, dense, ReLU, dense", layers, activations, grad)
    call("one dense layer", layers[:1], activations[:2], rng.normal(size=hidden))
    call("dense, ReLU", layers[:2], activations[:3], rng.normal(size=hidden))
    call("dense, dense", *_some_dense(rng, 5, 6, 4), rng.normal(size=(3, 4)))
    width = int(rng.integers(4, 7))
    case = "dense, ReLU, dense, with as many units everywhere as rows"
    call(case, *_of_equal_widths(rng, width), rng.normal(size=(width, width)))
