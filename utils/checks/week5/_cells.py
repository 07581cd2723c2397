"""Steps of a recurrent cell: by Keras, for witnesses, and all states of a simple one."""

import numpy as np
from keras import ops


def keras_step(cell, weights, x, *states):
    """Return the states that a cell of Keras has after one more input."""
    cell.build(x.shape)
    cell.set_weights(weights)
    _, states = cell(ops.convert_to_tensor(x), list(map(ops.convert_to_tensor, states)))
    return tuple(map(ops.convert_to_numpy, states))


def all_states(inputs, h0, Wx, Wh, b):
    """Return h0 and the states after it, (batch, time + 1, units)."""
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(np.tanh(inputs[:, t] @ Wx + states[-1] @ Wh + b))
    return np.stack(states, axis=1)
