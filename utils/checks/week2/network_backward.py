"""Check of `network_backward`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient

network_backward = new_check(__name__, points=2)


def _dense(grad, x, W):
    return grad @ W.T, (x.T @ grad, grad.sum(axis=0))


@network_backward.mistake("The list is in the order of your walk; it belongs in the layers' order.")
def in_order_of_walk(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            grad, parameters = _dense(grad, x, layer[0])
            gradients.append(parameters)
        else:
            grad = grad * (x > 0)
            gradients.append(())
    return gradients


@network_backward.mistake(
    "You gave each layer its output; its backward step needs its input, activations[i]."
)
def with_outputs(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[::-1]):
        if layer:
            grad, parameters = _dense(grad, x, layer[0])
            gradients.insert(0, parameters)
        else:
            grad = grad * (x > 0)
            gradients.insert(0, ())
    return gradients


@network_backward.mistake(
    "The gradient doesn't travel: each layer gets what the layer after it passed on, not the "
    "gradient at the logits."
)
def gradient_stays(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            gradients.insert(0, _dense(grad, x, layer[0])[1])
        else:
            gradients.insert(0, ())
    return gradients


@network_backward.mistake("The gradient goes through the ReLU layers unchanged: send it through.")
def relu_skipped(layers, activations, grad):
    gradients = []
    for layer, x in zip(layers[::-1], activations[-2::-1]):
        if layer:
            grad, parameters = _dense(grad, x, layer[0])
            gradients.insert(0, parameters)
        else:
            gradients.insert(0, ())
    return gradients


@network_backward.mistake("A ReLU layer has a place in the list too: its gradients are ().")
def without_relu_entries(layers, activations, grad):
    return [item for item in _right_way(layers, activations, grad) if item]


@network_backward.mistake(
    "grad_x is no parameter's gradient: a dense layer's are (grad_W, grad_b)."
)
def with_grad_x(layers, activations, grad):
    gradients = []
    for i in reversed(range(len(layers))):
        if layers[i]:
            travelled, parameters = _dense(grad, activations[i], layers[i][0])
            gradients.insert(0, (travelled, *parameters))
            grad = travelled
        else:
            grad = grad * (activations[i] > 0)
            gradients.insert(0, ())
    return gradients


@network_backward.mistake("A ReLU layer's gradients are an empty tuple, (), not None.")
def none_for_relu(layers, activations, grad):
    return [item or None for item in _right_way(layers, activations, grad)]


@network_backward.mistake("The order of a dense layer's gradients is (grad_W, grad_b).")
def bias_gradient_first(layers, activations, grad):
    return [item[::-1] for item in _right_way(layers, activations, grad)]


@network_backward.alternative
def _right_way(layers, activations, grad):
    gradients = [()] * len(layers)
    for i in reversed(range(len(layers))):
        if len(layers[i]) == 0:
            grad = grad * (activations[i] > 0)
        else:
            grad, gradients[i] = _dense(grad, activations[i], layers[i][0])
    return gradients


@network_backward.alternative
def by_recursion(layers, activations, grad):
    if not layers:
        return []
    *before, last = layers
    x = activations[-2]
    if last:
        grad, mine = _dense(grad, x, last[0])
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
