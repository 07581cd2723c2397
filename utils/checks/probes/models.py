"""What the probes of models share: weights of known values, and what a model does with them.

Everything here works on any Keras backend.
"""

import keras
import numpy as np


def weight_shapes(model):
    """Return the shapes of a model's weights, in its own order, as lists of int."""
    return [list(weight.shape) for weight in model.weights]


def set_known_weights(model, rng):
    """Give every weight of a model a value drawn from `rng`; return the model.

    What must be positive (scales and variances of normalizations) is drawn from 0.5 to 1.5, all
    else from a normal distribution whose width keeps activations of the order of one.
    """
    for weight in model.weights:
        if weight.name in ("gamma", "moving_variance", "variance"):
            value = rng.uniform(0.5, 1.5, size=weight.shape)
        else:
            fan_in = max(1, int(np.prod(weight.shape[:-1])))
            value = rng.normal(size=weight.shape) / np.sqrt(fan_in)
        weight.assign(value.astype("float32"))
    return model


def outputs(model, *inputs, training=False):
    """Return a model's outputs as float32 arrays; several outputs make a list."""
    result = model(*inputs, training=training)
    if isinstance(result, (list, tuple)):
        return [keras.ops.convert_to_numpy(item) for item in result]
    return keras.ops.convert_to_numpy(result)


def unmoved_weights(model, x, y, loss, steps=2):
    """Train a model for some steps of plain gradient descent; return the names of the trainable
    weights that stayed exactly where they were: no gradient reaches them.

    x, y: one batch. loss: as for `model.compile`.
    """
    before = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
    model.compile(optimizer=keras.optimizers.SGD(0.05), loss=loss)
    for _ in range(steps):
        model.train_on_batch(x, y)
    return [
        weight.path
        for weight, old in zip(model.trainable_weights, before)
        if np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]
