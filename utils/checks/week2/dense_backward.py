"""Check of `dense_backward`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ._slopes import numeric_gradient

dense_backward = new_check(__name__, points=2)


@dense_backward.mistake(
    "The bias gradient isn't summed over the batch: b is added to every row, so each row "
    "contributes."
)
def bias_not_summed(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output


@dense_backward.mistake(
    "The bias gradient is missing: it is the sum over the rows of the gradient that arrives."
)
def no_bias_gradient(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, np.zeros(W.shape[1])


@dense_backward.mistake("Sum the bias gradient over the batch (axis 0), not over the outputs.")
def bias_over_outputs(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=1)


@dense_backward.mistake(
    "You averaged over the batch; a sum belongs here. The loss is a mean already, and its own "
    "gradient holds that 1/n."
)
def averaged(grad_output, x, W):
    n = len(x)
    return grad_output @ W.T, x.T @ grad_output / n, grad_output.mean(axis=0)


@dense_backward.mistake("Only the bias gradient is averaged: sum it, as the product sums grad_W.")
def bias_averaged(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.mean(axis=0)


@dense_backward.mistake("grad_W is transposed: it has W's shape, so x comes first: x.T @ …")
def grad_w_transposed(grad_output, x, W):
    return grad_output @ W.T, grad_output.T @ x, grad_output.sum(axis=0)


@dense_backward.mistake(
    "In grad_x the weights are transposed: each input gathers from its outputs."
)
def weights_not_transposed(grad_output, x, W):
    return grad_output @ W, x.T @ grad_output, grad_output.sum(axis=0)


@dense_backward.mistake("The order of the results is (grad_x, grad_W, grad_b).")
def other_order(grad_output, x, W):
    return x.T @ grad_output, grad_output.sum(axis=0), grad_output @ W.T


@dense_backward.mistake("grad_b has b's shape, (outputs,): leave out keepdims.")
def bias_keeps_its_axis(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output, grad_output.sum(axis=0, keepdims=True)


@dense_backward.mistake(
    "You divided grad_W by the batch size; the gradient of the loss holds that 1/n already."
)
def weights_averaged(grad_output, x, W):
    return grad_output @ W.T, x.T @ grad_output / len(x), grad_output.sum(axis=0)


@dense_backward.mistake("grad_x is transposed: it has the shape of x.")
def grad_x_transposed(grad_output, x, W):
    return W @ grad_output.T, x.T @ grad_output, grad_output.sum(axis=0)


@dense_backward.mistake(
    "The order of the results is (grad_x, grad_W, grad_b); yours begins with W."
)
def weights_before_input(grad_output, x, W):
    return x.T @ grad_output, grad_output @ W.T, grad_output.sum(axis=0)


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
