"""Check of `dense_backward`: the gradients of x, W and b, their shapes and their order."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient

dense_backward = new_check(__name__, points=2)


def _backward(
    grad_output,
    x,
    W,
    of_x=lambda g, W: g @ W.T,
    of_W=lambda g, x: x.T @ g,
    of_b=lambda g: g.sum(axis=0),
    order=(0, 1, 2),
):
    gradients = of_x(grad_output, W), of_W(grad_output, x), of_b(grad_output)
    return tuple(gradients[i] for i in order)


dense_backward.add_mistakes(
    _backward,
    {
        "The bias gradient isn't summed over the batch: b is added to every row, so each row "
        "contributes.": {"of_b": lambda g: g},
        "The bias gradient is missing: it is the sum of the incoming gradient over the rows.": {
            "of_b": lambda g: np.zeros(g.shape[1])
        },
        "Sum the bias gradient over the batch (axis 0), not over the outputs.": {
            "of_b": lambda g: g.sum(axis=1)
        },
        "You averaged over the batch; a sum belongs here. The loss is already a mean, so its "
        "gradient contains that 1/n.": {
            "of_W": lambda g, x: x.T @ g / len(x),
            "of_b": lambda g: g.mean(axis=0),
        },
        "Only the bias gradient is averaged: sum it over the batch, as the matrix product does "
        "for grad_W.": {"of_b": lambda g: g.mean(axis=0)},
        "grad_W is transposed: it should have W's shape, so x comes first: x.T @ …": {
            "of_W": lambda g, x: g.T @ x
        },
        "grad_x needs W transposed: each input gathers from all of its outputs.": {
            "of_x": lambda g, W: g @ W
        },
        "The order of the results is (grad_x, grad_W, grad_b).": {"order": (1, 2, 0)},
        "grad_b has b's shape, (outputs,): leave out keepdims.": {
            "of_b": lambda g: g.sum(axis=0, keepdims=True)
        },
        "You divided grad_W by the batch size; the gradient of the loss already contains that "
        "1/n.": {"of_W": lambda g, x: x.T @ g / len(x)},
        "grad_x is transposed: it should have the shape of x.": {"of_x": lambda g, W: W @ g.T},
        "The order of the results is (grad_x, grad_W, grad_b); you put grad_W first.": {
            "order": (1, 0, 2)
        },
    },
)


@dense_backward.alternative
def backward_by_einsum(grad_output, x, W):
    return (
        np.einsum("no,io->ni", grad_output, W),
        np.einsum("ni,no->io", x, grad_output),
        np.einsum("no->o", grad_output),
    )


@dense_backward.alternative
def backward_row_by_row(grad_output, x, W):
    grad_W = sum(np.outer(row, grad) for row, grad in zip(x, grad_output))
    return (W @ grad_output.T).T, grad_W, np.ones(len(x)) @ grad_output


@dense_backward.witness("numeric differentiation")
def dense_numerically(grad_output, x, W):
    def loss(x, W, b):
        return np.sum(grad_output * (x @ W + b))

    b = np.zeros(W.shape[1])
    return (
        numeric_gradient(lambda x: loss(x, W, b), x),
        numeric_gradient(lambda W: loss(x, W, b), W),
        numeric_gradient(lambda b: loss(x, W, b), b),
    )
