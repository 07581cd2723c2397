"""Check of `dense_forward`: the matrix product and the bias of each row."""

import keras
import numpy as np

from ..check import new_check

dense_forward = new_check(__name__)


def _dense(x, W, b, product=np.matmul, add=np.add):
    return add(product(x, W), b)


dense_forward.add_mistakes(
    _dense,
    {
        "The bias is missing: add b to every row.": {"add": lambda xW, b: xW},
        "W is (inputs, outputs) already: don't transpose it.": {"product": lambda x, W: x @ W.T},
        "The rows of x are the samples, so x stands on the left: x @ W.": {
            "product": lambda x, W: W @ x
        },
        "`*` multiplies element by element; a matrix product is `@`.": {
            "product": lambda x, W: x * W
        },
        "You subtracted the bias; add it.": {"add": np.subtract},
        "b has one entry per output, which is a column: keep its shape, and NumPy adds it to "
        "each row.": {"add": lambda xW, b: xW + b.reshape(-1, 1)},
        "The result is transposed: the rows should be the samples.": {
            "add": lambda xW, b: (xW + b).T
        },
    },
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
