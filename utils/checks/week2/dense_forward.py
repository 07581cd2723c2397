"""Check of `dense_forward`: the matrix product and the bias of each row."""

import keras
import numpy as np

from ..check import new_check

dense_forward = new_check(__name__)


def _dense(x, W, b, product=np.matmul, add=np.add, finish=lambda y: y):
    return finish(add(product(x, W), b))


ELEMENTS = "`*` multiplies element by element; a matrix product is `@`."
NO_TRANSPOSE = "W is (inputs, outputs) already: don't transpose it."
X_FIRST = "The rows of x are the samples, so x stands on the left: x @ W."
COLUMN = (
    "b has one entry per output, which is a column: keep its shape, and NumPy adds it to each row."
)
TRANSPOSED = "The result is transposed: the rows should be the samples."
ALL_BIASES = "Each output has its own bias, and all rows the same: add b as it is, not its {}."
LINEAR = "You applied {} at the end; a dense layer is x @ W + b and no more."
SQUEEZED = (
    "An axis of length 1 is lost: the result is (batch, outputs), also where one of them is 1. "
    "Leave out `np.squeeze`."
)

dense_forward.add_mistakes(
    _dense,
    [
        ("The bias is missing: add b to every row.", {"add": lambda xW, b: xW}),
        *(
            (NO_TRANSPOSE, {"product": product})
            for product in (lambda x, W: x @ W.T, lambda x, W: np.dot(x, W.T), np.inner)
        ),
        (X_FIRST, {"product": lambda x, W: W @ x}),
        (X_FIRST, {"product": lambda x, W: np.dot(W, x)}),
        (ELEMENTS, {"product": lambda x, W: x * W}),
        (ELEMENTS, {"product": lambda x, W: np.sum(x * W, axis=1)}),
        ("You subtracted the bias; add it.", {"add": np.subtract}),
        ("You multiplied by the bias; add it.", {"add": np.multiply}),
        ("You added the bias twice.", {"add": lambda xW, b: xW + 2 * b}),
        (COLUMN, {"add": lambda xW, b: xW + b.reshape(-1, 1)}),
        (TRANSPOSED, {"finish": np.transpose}),
        (
            "W.T @ x.T puts the samples into columns: write x @ W, whose rows are the samples.",
            {"product": lambda x, W: W.T @ x.T},
        ),
        (ALL_BIASES.format("sum"), {"add": lambda xW, b: xW + b.sum()}),
        (ALL_BIASES.format("mean"), {"add": lambda xW, b: xW + b.mean()}),
        (ALL_BIASES.format("first entry"), {"add": lambda xW, b: xW + b[0]}),
        (
            "You divided by the number of inputs; an output is the weighted sum of the inputs, "
            "not their mean.",
            {"product": lambda x, W: x @ W / x.shape[1]},
        ),
        (
            "You divided by the number of rows; an output is the weighted sum of the inputs, "
            "for each row on its own.",
            {"product": lambda x, W: x @ W / len(x)},
        ),
        *(
            (LINEAR.format(name), {"finish": finish})
            for name, finish in (
                ("a ReLU", lambda y: np.maximum(y, 0)),
                ("a sigmoid", lambda y: 1 / (1 + np.exp(-y))),
                ("tanh", np.tanh),
                ("a softmax", lambda y: np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)),
            )
        ),
        (SQUEEZED, {"finish": np.squeeze}),
        (
            "The fractions are cut off: your array of results holds integers. Make it with "
            "np.zeros, of floats.",
            {"finish": lambda y: y.astype(int)},
        ),
        ("You added up the rows; return the outputs of each row.", {"finish": lambda y: y.sum(0)}),
        (
            "You added up the outputs; return each of them, (batch, outputs).",
            {"finish": lambda y: y.sum(axis=1)},
        ),
        ("Return an array, not a list.", {"finish": lambda y: y.tolist()}),
    ],
)


def _whole(x, W, b, of):
    return of(x, W, b)


TO_WEIGHTS = (
    "You added the bias to the weights, so it is multiplied by the inputs: add it after the "
    "product."
)

dense_forward.add_mistakes(
    _whole,
    [
        (TO_WEIGHTS, {"of": lambda x, W, b: x @ (W + b)}),
        (
            "You added the bias once per input, inside the sum: add it once, after the sum.",
            {"of": lambda x, W, b: x @ W + len(W) * b},
        ),
        (
            "The bias belongs to the outputs; you added it to the inputs.",
            {"of": lambda x, W, b: (x + b) @ W},
        ),
        (
            "Only the first row is computed: the layer takes all rows of the batch at once.",
            {"of": lambda x, W, b: x[0] @ W + b},
        ),
        (
            "The bias is added to the first row only; each row gets it.",
            {"of": lambda x, W, b: x @ W + np.outer(np.arange(len(x)) == 0, b)},
        ),
    ],
)


@dense_forward.alternative
def dense_by_dot(x, W, b):
    return np.dot(x, W) + b[np.newaxis, :]


@dense_forward.alternative
def dense_by_einsum(x, W, b):
    return np.einsum("ni,io->no", x, W) + b


@dense_forward.witness("Keras")
def dense_by_keras(x, W, b):
    layer = keras.layers.Dense(len(b))
    layer.build(x.shape)
    layer.set_weights([W, b])
    return layer(x).numpy().astype(float)
