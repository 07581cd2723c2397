"""Check of `rnn_forward`: points, the mistakes people make, sound variants."""

import numpy as np
from keras import layers, ops

from ..check import new_check
from ._cells import all_states

rnn_forward = new_check(__name__)


@rnn_forward.witness("Keras")
def keras_simple_layer(inputs, h0, Wx, Wh, b):
    if not inputs.shape[1]:
        return h0[:, None]
    layer = layers.SimpleRNN(len(Wh), return_sequences=True, dtype="float64")
    layer.build(inputs.shape)
    layer.set_weights([Wx, Wh, b])
    h = layer(ops.convert_to_tensor(inputs), initial_state=ops.convert_to_tensor(h0))
    return np.concatenate([h0[:, None], ops.convert_to_numpy(h)], axis=1)


@rnn_forward.mistake(
    "The state isn't carried: each step starts from h0, not from the state before it."
)
def always_from_h0(inputs, h0, Wx, Wh, b):
    steps = [np.tanh(x @ Wx + h0 @ Wh + b) for x in inputs.transpose(1, 0, 2)]
    return np.stack([h0, *steps], axis=1)


@rnn_forward.mistake("h0 belongs to the result: it is the first of time + 1 states.")
def without_h0(inputs, h0, Wx, Wh, b):
    return np.stack([*all_states(inputs, h0, Wx, Wh, b)[1:], h0], axis=1)[:, :-1]


@rnn_forward.mistake("Return all states; this is the last one alone.")
def last_state(inputs, h0, Wx, Wh, b):
    return all_states(inputs, h0, Wx, Wh, b)[-1]


@rnn_forward.mistake("Time is the second axis: the result is (batch, time + 1, units).")
def time_first(inputs, h0, Wx, Wh, b):
    return np.stack(all_states(inputs, h0, Wx, Wh, b))


@rnn_forward.mistake("You started from zeros; start from h0.")
def from_zeros(inputs, h0, Wx, Wh, b):
    return np.stack(all_states(inputs, np.zeros_like(h0), Wx, Wh, b), axis=1)


@rnn_forward.mistake("You stepped from sequence to sequence; step along time, the second axis.")
def along_the_batch(inputs, h0, Wx, Wh, b):
    return np.stack(all_states(inputs.transpose(1, 0, 2), h0, Wx, Wh, b), axis=1)


@rnn_forward.mistake("You went through time backwards: the first input comes first.")
def from_the_end(inputs, h0, Wx, Wh, b):
    return np.stack(all_states(inputs[:, ::-1], h0, Wx, Wh, b), axis=1)


@rnn_forward.mistake("h0 comes first in the result: h[:, 0], before the state of the first input.")
def h0_last(inputs, h0, Wx, Wh, b):
    return np.stack([*all_states(inputs, h0, Wx, Wh, b)[1:], h0], axis=1)


@rnn_forward.alternative
def into_an_array(inputs, h0, Wx, Wh, b):
    batch, time, _ = inputs.shape
    h = np.empty((batch, time + 1, len(b)))
    h[:, 0] = h0
    from_inputs = inputs @ Wx + b  # of all steps at once
    for t in range(time):
        h[:, t + 1] = np.tanh(from_inputs[:, t] + h[:, t] @ Wh)
    return h


@rnn_forward.alternative
def sequence_by_sequence(inputs, h0, Wx, Wh, b):
    result = [
        np.concatenate(all_states(inputs[i : i + 1], h0[i : i + 1], Wx, Wh, b))
        for i in range(len(inputs))
    ]
    return np.array(result)
