"""On which inputs `make_train_step` is tried."""

import keras
import numpy as np
import tensorflow as tf

from ..models import set_known_weights
from ..recorder import probe
from ._arrays import float32


def _normalizing_model(rng):
    """Return a model whose batch norm shows whether the step told it that it trains."""
    normalize = keras.layers.BatchNormalization(momentum=0.5)
    layers = [keras.Input((4,)), normalize, keras.layers.Dense(3)]
    return set_known_weights(keras.Sequential(layers), rng)


def _take_steps(model, step, x, y):
    """Do three steps; return the losses and the weights at the end."""
    losses = [float(step(x, y)) for _ in range(3)]
    return {"losses": losses, "weights after three steps": [np.array(w) for w in model.weights]}


def _kind(step):
    return "a tf.function" if hasattr(step, "get_concrete_function") else "another kind of function"


@probe
def make_train_step(call, rng):
    x, y = tf.constant(float32(rng.normal(size=(6, 4)))), tf.constant(rng.permutation(6) % 3)
    model = _normalizing_model(rng)
    step = call("a network with batch norm, Adam", model, keras.optimizers.Adam(0.01), then=_kind)
    call.observe("three steps of Adam", _take_steps, model, step, x, y)
    model, momentum = _normalizing_model(rng), keras.optimizers.SGD(0.3, momentum=0.9)
    step = call("a second model, momentum", model, momentum, then=_kind)
    x, y = tf.constant(float32(rng.normal(size=(5, 4)))), tf.constant(rng.permutation(5) % 3)
    call.observe("three steps of momentum", _take_steps, model, step, x, y)
