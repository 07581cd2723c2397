"""Check of `rnn_step`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import layers
from scipy.special import expit as sigmoid

from ..check import new_check
from ._cells import keras_step

rnn_step = new_check(__name__)


@rnn_step.witness("Keras")
def keras_simple_cell(x, h, Wx, Wh, b):
    return keras_step(layers.SimpleRNNCell(len(Wh), dtype="float64"), [Wx, Wh, b], x, h)[0]


@rnn_step.mistake("The bias is missing.")
def step_without_bias(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh)


@rnn_step.mistake("The tanh is missing: without it states grow without bounds.")
def step_without_tanh(x, h, Wx, Wh, b):
    return x @ Wx + h @ Wh + b


@rnn_step.mistake("The state before isn't used: without it the cell has no memory.")
def step_without_state(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + b)


@rnn_step.mistake("This is a sigmoid; the cell has a tanh.")
def step_with_sigmoid(x, h, Wx, Wh, b):
    return sigmoid(x @ Wx + h @ Wh + b)


@rnn_step.mistake("Wh is transposed: rows belong to the state before, columns to the new one.")
def step_transposed(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh.T + b)


@rnn_step.mistake("One tanh around the sum, not one around each part.")
def step_with_two_tanh(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx) + np.tanh(h @ Wh + b)


@rnn_step.mistake("You added the state before to the new one; the cell replaces it.")
def step_added(x, h, Wx, Wh, b):
    return h + np.tanh(x @ Wx + h @ Wh + b)


@rnn_step.alternative
def step_side_by_side(x, h, Wx, Wh, b):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([Wx, Wh]) + b)


@rnn_step.alternative
def step_by_einsum(x, h, Wx, Wh, b):
    return np.tanh(np.einsum("bi,iu->bu", x, Wx) + np.einsum("bu,uv->bv", h, Wh) + b[None])
