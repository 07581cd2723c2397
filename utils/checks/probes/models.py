"""What the probes of models share: weights of known values, and what a model does with them.

Everything here works on any Keras backend.
"""

import zlib

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
        weight.assign(_known_value(weight, rng))
    return model


def _known_value(weight, rng):
    if weight.name in ("gamma", "moving_variance", "variance"):
        return rng.uniform(0.5, 1.5, size=weight.shape).astype("float32")
    fan_in = max(1, int(np.prod(weight.shape[:-1])))
    return (rng.normal(size=weight.shape) / np.sqrt(fan_in)).astype("float32")


def outputs(model, *inputs, training=False):
    """Return a model's outputs as float32 arrays; several outputs make a list."""
    result = model(*inputs, training=training)
    if isinstance(result, (list, tuple)):
        return [keras.ops.convert_to_numpy(item) for item in result]
    return keras.ops.convert_to_numpy(result)


def train_on(model, images, labels, steps, rate):
    """Train a classifier that gives logits on one batch, by Adam; return how it went, a dict.

    steps: int; rate: float, the learning rate. "losses": a float a step; "weights that stayed":
    paths of the trainable weights that are exactly where they were, as no gradient reaches them.
    """
    before = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        run_eagerly=True,  # so few steps are not worth the building of a graph
    )
    losses = [float(model.train_on_batch(images, labels)) for _ in range(steps)]
    stayed = [
        weight.path
        for weight, old in zip(model.trainable_weights, before)
        if np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]
    return {"losses": losses, "weights that stayed": stayed}


def set_alike_weights(model, rng):
    """Give weights of one name and shape the same value, drawn from `rng`; return the model.

    So what the model computes doesn't depend on the order in which its branches were built, which
    decides the order of its weights.
    """
    seed = int(rng.integers(2**32))
    for weight in model.weights:
        kind = zlib.crc32(f"{weight.name} {tuple(weight.shape)}".encode())
        weight.assign(_known_value(weight, np.random.default_rng([seed, kind])))
    return model


def if_model(look):
    """Return `look`, a function from a model to evidence, made safe: what is no model stays."""
    return lambda value: look(value) if isinstance(value, keras.Model) else value
