"""Check of `dense_forward`: points, the mistakes people make, sound variants."""

import keras
import numpy as np

from ..check import new_check

dense_forward = new_check(__name__)


@dense_forward.mistake("The bias is missing: add b to every row.")
def without_bias(x, W, b):
    return x @ W


@dense_forward.mistake("W is (inputs, outputs) already: don't transpose it.")
def weights_transposed(x, W, b):
    return x @ W.T + b


@dense_forward.mistake("The rows of x are the samples, so x stands on the left: x @ W.")
def weights_first(x, W, b):
    return W @ x + b


@dense_forward.mistake("`*` multiplies element by element; a matrix product is `@`.")
def element_by_element(x, W, b):
    return x * W + b


@dense_forward.mistake("You subtracted the bias; add it.")
def minus_bias(x, W, b):
    return x @ W - b


@dense_forward.mistake(
    "b belongs to the outputs, the columns: leave its shape, and NumPy adds it to each row."
)
def bias_as_a_column(x, W, b):
    return x @ W + b.reshape(-1, 1)


@dense_forward.mistake("The result is transposed: samples are the rows.")
def result_transposed(x, W, b):
    return (x @ W + b).T


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
