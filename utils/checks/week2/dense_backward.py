"""Check of `dense_backward`: the gradients of x, W and b, their shapes and their order."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient
from ._wrong_dense_gradients import ROWS, _backward

dense_backward = new_check(__name__, points=2)

dense_backward.add_mistakes(_backward, ROWS)


@dense_backward.mistake(
    "`*` multiplies element by element; these gradients are matrix products: `@`."
)
def element_by_element(grad_output, x, W):
    return grad_output * W.T, x.T * grad_output, grad_output.sum(axis=0)


@dense_backward.mistake("You wrote into the caller's gradient; make a new array.")
def divides_in_place(grad_output, x, W):
    grad_output /= len(x)
    return _backward(grad_output, x, W)


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
