"""Mistakes of `network_backward`, as rows of switches."""


def _dense(grad, x, W):
    return grad @ W.T, x.T @ grad, grad.sum(axis=0)


def _backward(
    layers,
    activations,
    grad,
    shift=0,
    passed_on=True,
    relu=lambda grad, x, y: grad * (x > 0),
    dense=_dense,
    kept=(1, 2),
    of_relu=(),
    is_dense=lambda i, layer: bool(layer),
    order=reversed,
    finish=lambda gradients: gradients[::-1],
):
    """Return the gradients as an answer with faults does.

    shift: layer i gets activations[i + shift]. passed_on: whether the gradient goes on to the layer
    before. relu: function of the gradient, a ReLU layer's input and its output. dense: what gives
    the gradients of a dense layer. kept: which of (grad_x, grad_W, grad_b) a dense layer's entry
    holds. of_relu: a ReLU layer's entry. is_dense: function of a layer's number and the layer.
    order: how the layers are walked. finish: function from the list, last layer first, to the
    result.
    """
    gradients = []
    for i in order(range(len(layers))):
        x = activations[i + shift]
        if is_dense(i, layers[i]):
            found = dense(grad, x, layers[i][0])
            gradients.append(tuple(found[k] for k in kept))
            grad = found[0] if passed_on else grad
        else:
            gradients.append(of_relu)
            grad = relu(grad, x, activations[i + 1]) if passed_on else grad
    return finish(gradients)


def _averaged(grad, x, W):
    return grad @ W.T, x.T @ grad / len(x), grad.sum(axis=0) / len(x)


def _bias_averaged(grad, x, W):
    return grad @ W.T, x.T @ grad, grad.mean(axis=0)


def _all_averaged(grad, x, W):
    return tuple(each / len(x) for each in _dense(grad, x, W))


AVERAGED = (
    "You divided by the batch size in each layer; the loss is a mean already, and its gradient "
    "contains that 1/n."
)
FIRST_LAYER = (
    "The first layer gets no gradients: the walk ends one layer too early. `range(n - 1, -1, -1)`, "
    "or reversed(range(n)), goes down to 0."
)
LAST_LAYER = "The last layer gets no gradients: begin with it, number len(layers) − 1."
EMPTY = "A ReLU layer's gradients are an empty tuple, ()."
NOT_PASSED_ON = (
    "The gradient isn't passed on: each layer receives it from the layer after it, not from the "
    "logits."
)

ROWS = [
    (
        "The list is in the order of the backward pass; it should be in the layers' order.",
        {"finish": list},
    ),
    (
        "You used each layer's output; the backward step needs its input, activations[i].",
        {"shift": 1},
    ),
    (
        "You took activations[i − 1]; the input of layer i is activations[i].",
        {"shift": -1},
    ),
    (NOT_PASSED_ON, {"passed_on": False}),
    (
        "You walked from the first layer to the last. The gradient comes from the logits: "
        "begin with the last layer.",
        {"order": iter, "finish": list},
    ),
    (
        "You walked from the first layer to the last, and turned the list round. The gradient "
        "comes from the logits: begin with the last layer.",
        {"order": iter},
    ),
    (
        "The gradient passes the ReLU layers unchanged: use `relu_backward` there.",
        {"relu": lambda grad, x, y: grad},
    ),
    (
        "The arguments of relu_backward are exchanged: the gradient comes first, then the "
        "layer's input.",
        {"relu": lambda grad, x, y: x * (grad > 0)},
    ),
    (
        "At a ReLU layer you looked at the sign of the gradient: it passes where the layer's "
        "input was positive.",
        {"relu": lambda grad, x, y: grad * (grad > 0)},
    ),
    (
        "At a ReLU layer the gradient passes where the input was positive; you let it pass "
        "where it was negative.",
        {"relu": lambda grad, x, y: grad * (x <= 0)},
    ),
    (
        "At a ReLU layer you multiplied by its output; the slope is 1 or 0.",
        {"relu": lambda grad, x, y: grad * y},
    ),
    (
        "At a ReLU layer you multiplied by its input; the slope is 1 or 0.",
        {"relu": lambda grad, x, y: grad * x},
    ),
    (
        "At a ReLU layer you passed on the slope alone: multiply it by the gradient.",
        {"relu": lambda grad, x, y: (x > 0).astype(float)},
    ),
    (
        "A ReLU layer has an entry in the list too: its gradients are ().",
        {"finish": lambda gradients: [entry for entry in gradients[::-1] if entry]},
    ),
    (
        "The list is in the order of the backward pass, and the ReLU layers' entries, (), are "
        "missing.",
        {"finish": lambda gradients: [entry for entry in gradients if entry]},
    ),
    (
        "Each layer has one entry in the list, the pair (grad_W, grad_b) of a dense one; you "
        "put the arrays there one by one.",
        {"finish": lambda gradients: [part for entry in gradients[::-1] for part in entry]},
    ),
    (
        "grad_x isn't the gradient of a parameter: a dense layer's are (grad_W, grad_b).",
        {"kept": (0, 1, 2)},
    ),
    (
        "A dense layer's gradients are (grad_W, grad_b); you kept that of its input and left "
        "out that of its bias.",
        {"kept": (0, 1)},
    ),
    ("The bias has a gradient too: a dense layer's are (grad_W, grad_b).", {"kept": (1,)}),
    ("A ReLU layer's gradients are an empty tuple, (), not None.", {"of_relu": None}),
    *((EMPTY, {"of_relu": entry}) for entry in ((None, None), (0, 0), 0, (None,))),
    ("The order of a dense layer's gradients is (grad_W, grad_b).", {"kept": (2, 1)}),
    *((AVERAGED, {"dense": dense}) for dense in (_averaged, _all_averaged, _bias_averaged)),
    (FIRST_LAYER, {"finish": lambda gradients: [(), *gradients[::-1][1:]]}),
    (FIRST_LAYER, {"finish": lambda gradients: gradients[::-1][1:]}),
    (FIRST_LAYER, {"finish": lambda gradients: [None, *gradients[::-1][1:]]}),
    (LAST_LAYER, {"finish": lambda gradients: [*gradients[1:][::-1], ()]}),
    (LAST_LAYER, {"finish": lambda gradients: gradients[1:][::-1]}),
    (
        "You took every second layer for a ReLU; two dense layers may follow each other. Look "
        "at the layer: an empty tuple counts as False.",
        {"is_dense": lambda i, layer: i % 2 == 0},
    ),
]
