"""What recurrent cells are tried on, and the states of a simple one."""

import numpy as np

GATED_CASES = (  # label, batch, inputs, units, scale of the inputs
    ("a batch of five", 5, 3, 4, 1.0),
    ("one row", 1, 3, 2, 1.0),
    ("one unit", 3, 2, 1, 1.0),
    ("very large inputs", 4, 2, 3, 1000.0),
)


def draw_cell(rng, num_inputs, units, scale=1.0):
    """Return Wx, Wh and b of a simple recurrent cell."""
    return (
        scale * rng.normal(size=(num_inputs, units)) / np.sqrt(num_inputs),
        scale * rng.normal(size=(units, units)) / np.sqrt(units),
        scale * rng.normal(size=units),
    )


def draw_sequence(rng, batch, time, num_inputs, units):
    """Return inputs and a first state."""
    inputs = rng.normal(size=(batch, time, num_inputs))
    return inputs, rng.uniform(-1, 1, size=(batch, units))


def draw_gated(rng, batch, num_inputs, units, scale, gates):
    """Return x, a state, a memory, W and U of a gated cell."""
    return (
        scale * rng.normal(size=(batch, num_inputs)),
        rng.uniform(-1, 1, size=(batch, units)),
        rng.normal(size=(batch, units)),
        rng.normal(size=(num_inputs, gates * units)),
        rng.normal(size=(units, gates * units)),
    )


def all_states(inputs, h0, Wx, Wh, b):
    """Return h0 and the states after it, (batch, time + 1, units)."""
    states = [h0]
    for t in range(inputs.shape[1]):
        states.append(np.tanh(inputs[:, t] @ Wx + states[-1] @ Wh + b))
    return np.stack(states, axis=1)
