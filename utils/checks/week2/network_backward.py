"""Check of `network_backward`: the gradient's way from the last layer to the first."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient

network_backward = new_check(__name__, points=2)


def _dense(grad, x, W):
    return grad @ W.T, x.T @ grad, grad.sum(axis=0)


def _backward(
    layers,
    activations,
    grad,
    shift=0,
    passed_on=True,
    through_relu=True,
    kept=(1, 2),
    of_relu=(),
    finish=lambda gradients: gradients[::-1],
):
    """Return the gradients as an answer with faults does.

    shift: layer i gets activations[i + shift]. passed_on, through_relu: whether the gradient goes
    on to the layer before, and through a ReLU. kept: which of (grad_x, grad_W, grad_b) a dense
    layer's entry holds. of_relu: a ReLU layer's entry. finish: function from the list, last layer
    first, to the result.
    """
    gradients = []
    for i in reversed(range(len(layers))):
        x = activations[i + shift]
        if layers[i]:
            found = _dense(grad, x, layers[i][0])
            gradients.append(tuple(found[k] for k in kept))
            grad = found[0] if passed_on else grad
        else:
            gradients.append(of_relu)
            grad = grad * (x > 0) if passed_on and through_relu else grad
    return finish(gradients)


network_backward.add_mistakes(
    _backward,
    {
        "The list is in the order of the backward pass; it should be in the layers' order.": {
            "finish": list
        },
        "You used each layer's output; the backward step needs its input, activations[i].": {
            "shift": 1
        },
        "The gradient isn't passed on: each layer receives it from the layer after it, not "
        "from the logits.": {"passed_on": False},
        "The gradient passes the ReLU layers unchanged: use `relu_backward` there.": {
            "through_relu": False
        },
        "A ReLU layer has an entry in the list too: its gradients are ().": {
            "finish": lambda gradients: [entry for entry in gradients[::-1] if entry]
        },
        "grad_x isn't the gradient of a parameter: a dense layer's are (grad_W, grad_b).": {
            "kept": (0, 1, 2)
        },
        "A ReLU layer's gradients are an empty tuple, (), not None.": {"of_relu": None},
        "The order of a dense layer's gradients is (grad_W, grad_b).": {"kept": (2, 1)},
    },
)


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
