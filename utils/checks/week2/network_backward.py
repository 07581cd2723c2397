"""Check of `network_backward`: the gradient's way from the last layer to the first."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient
from ._wrong_network_gradients import ROWS, _backward, _dense

network_backward = new_check(__name__, points=2)

network_backward.add_mistakes(_backward, ROWS)


@network_backward.mistake(
    "Each dense layer needs its own input; you gave all of them the input of the network."
)
def input_of_the_network(layers, activations, grad):
    same = [x if i % 2 else activations[0] for i, x in enumerate(activations)]
    return _backward(layers, same, grad)


@network_backward.mistake(
    "You removed items from the caller's list: index it, as `activations[i]`, or copy it first."
)
def pops(layers, activations, grad):
    activations.pop()
    return _backward(layers, activations, grad)


@network_backward.alternative
def by_places(layers, activations, grad):
    gradients = [()] * len(layers)
    for i in reversed(range(len(layers))):
        if len(layers[i]) == 0:
            grad = grad * (activations[i] > 0)
        else:
            grad, *gradients[i] = _dense(grad, activations[i], layers[i][0])
    return gradients


@network_backward.alternative
def by_recursion(layers, activations, grad):
    if not layers:
        return []
    *before, last = layers
    x = activations[-2]
    if last:
        grad, *mine = _dense(grad, x, last[0])
    else:
        grad, mine = np.where(x > 0, grad, 0), ()
    return [*by_recursion(before, activations[:-1], grad), mine]


@network_backward.witness("numeric differentiation")
def network_numerically(layers, activations, grad):
    def loss_with(number, place, value):
        x = activations[0]
        for i, layer in enumerate(layers):
            layer = [value if (i, k) == (number, place) else p for k, p in enumerate(layer)]
            x = x @ layer[0] + layer[1] if layer else np.maximum(x, 0)
        return np.sum(grad * x)

    return [
        tuple(
            numeric_gradient(lambda value, i=i, k=k: loss_with(i, k, value), parameter)
            for k, parameter in enumerate(layer)
        )
        for i, layer in enumerate(layers)
    ]
