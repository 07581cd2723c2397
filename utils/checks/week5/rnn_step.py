"""Check of `rnn_step`: one tanh of input, previous state and bias."""

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
def without_bias(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh)


@rnn_step.mistake("The tanh is missing: without it, states can grow without bound.")
def without_tanh(x, h, Wx, Wh, b):
    return x @ Wx + h @ Wh + b


@rnn_step.mistake("The previous state isn't used: without it, the cell has no memory.")
def without_state(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + b)


@rnn_step.mistake("You used a sigmoid; the cell has a tanh.")
def with_sigmoid(x, h, Wx, Wh, b):
    return sigmoid(x @ Wx + h @ Wh + b)


@rnn_step.mistake(
    "Wh is transposed: its rows belong to the previous state, its columns to the new one."
)
def transposed(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx + h @ Wh.T + b)


@rnn_step.mistake("Take one tanh of the sum, not one of each part.")
def two_tanh(x, h, Wx, Wh, b):
    return np.tanh(x @ Wx) + np.tanh(h @ Wh + b)


@rnn_step.mistake("You added the previous state to the new one; the cell replaces it.")
def previous_state_added(x, h, Wx, Wh, b):
    return h + np.tanh(x @ Wx + h @ Wh + b)


@rnn_step.alternative
def side_by_side(x, h, Wx, Wh, b):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([Wx, Wh]) + b)


@rnn_step.alternative
def by_einsum(x, h, Wx, Wh, b):
    return np.tanh(np.einsum("bi,iu->bu", x, Wx) + np.einsum("bu,uv->bv", h, Wh) + b[None])
