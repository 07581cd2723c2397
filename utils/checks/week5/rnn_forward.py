"""Check of `rnn_forward`: all states, h0 first, time on the second axis."""

import numpy as np
from keras import layers, ops

from ..check import new_check
from ._cells import all_states
from ._wrong_recurrences import ROWS, one_step

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


def _forward(
    inputs, h0, Wx, Wh, b, read=lambda inputs: inputs, start=lambda h0: h0, result=lambda h: h,
    biased=1, matrix=lambda Wh: Wh,
    cell=lambda x, before, h0, Wx, Wh, b: one_step(x, before, Wx, Wh, b),
):  # fmt: skip
    """Return all states, with changes. cell: gets the input, all states so far, and the rest."""
    states = [start(h0)]
    for x in read(inputs).transpose(1, 0, 2):
        states.append(cell(x, states, h0, Wx, matrix(Wh), biased * b))
    return result(np.stack(states, axis=1))


rnn_forward.add_mistakes(_forward, ROWS)


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
