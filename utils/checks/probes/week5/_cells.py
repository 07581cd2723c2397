"""What recurrent cells are tried on."""

import numpy as np

from ..sizes import sizes_from


def draw_gated_cases(rng):
    """Return (label, batch, inputs, units, scale of the inputs) of each case."""
    size = sizes_from(rng)
    batch = size(5, 8)
    return (
        (f"a batch of {batch}", batch, size(2, 4), size(3, 5), 1.0),
        ("one row", 1, size(2, 4), size(2, 4), 1.0),
        ("one unit", size(2, 4), size(2, 4), 1, 1.0),
        ("very large inputs", size(3, 5), size(2, 4), size(2, 4), 1000.0),
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
