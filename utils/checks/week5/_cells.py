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


def walk_back(grad_h, inputs, h, Wh):
    """Return the gradients by Wx, Wh, b and h0, from those by each state's direct action."""
    grad_a, carried = np.zeros_like(h[:, 1:]), grad_h[:, -1]
    for t in reversed(range(inputs.shape[1])):
        grad_a[:, t] = carried * (1 - h[:, t + 1] ** 2)
        carried = grad_h[:, t] + grad_a[:, t] @ Wh.T
    return (
        np.einsum("bti,btu->iu", inputs, grad_a),
        np.einsum("btv,btu->vu", h[:, :-1], grad_a),
        grad_a.sum(axis=(0, 1)),
        carried,
    )
