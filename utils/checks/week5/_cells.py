"""A step of a recurrent cell by Keras, for witnesses."""

from keras import ops


def keras_step(cell, weights, x, *states):
    """Return the states that a cell of Keras has after one more input."""
    cell.build(x.shape)
    cell.set_weights(weights)
    _, states = cell(ops.convert_to_tensor(x), list(map(ops.convert_to_tensor, states)))
    return tuple(map(ops.convert_to_numpy, states))
