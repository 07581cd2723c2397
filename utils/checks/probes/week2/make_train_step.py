"""On which inputs `make_train_step` is tried."""

import keras
import numpy as np
import tensorflow as tf

from ..models import set_known_weights
from ..recorder import probe
from ._arrays import draw_sizes, float32


def _normalizing_model(features, classes):
    """Return a model whose batch norm shows whether the step told it that it trains.

    Its first layer is frozen: a step changes trainable variables only.
    """
    frozen = keras.layers.Dense(features, use_bias=False, trainable=False)
    normalize = keras.layers.BatchNormalization(momentum=0.5)
    layers = [keras.Input((features,)), frozen, normalize, keras.layers.Dense(classes)]
    return keras.Sequential(layers)


def _train(make_train_step, weights, optimizer, options, batches):
    """Take a step for each batch; return the losses and the weights at the end.

    optimizer: str, its name in Keras. options: dict, its arguments. The kind of step is a claim of
    the box: that a step is compiled changes no value.
    """
    model = _normalizing_model(*weights[-2].shape)
    model.set_weights(weights)
    step = make_train_step(model, getattr(keras.optimizers, optimizer)(**options))
    if step is None:
        return None
    is_compiled = hasattr(step, "get_concrete_function")
    losses = [step(*map(tf.constant, batch)) for batch in batches]
    if None in losses:
        return {"the step": "returns nothing"}
    return {
        "the step": "a tf.function" if is_compiled else "another kind of function",
        "losses": list(map(np.array, losses)),
        "weights after the steps": [np.array(weight) for weight in model.weights],
    }


@probe
def make_train_step(call, rng):
    def try_with(name, optimizer, options, steps, scale=1.0):
        rows, features, classes = draw_sizes(rng, 3)
        weights = set_known_weights(_normalizing_model(features, classes), rng).get_weights()
        weights[-2] *= float32(scale)
        batches = [
            (float32(rng.normal(size=(rows, features))), rng.permutation(rows) % classes)
            for _ in range(steps)
        ]
        plural = "s" if steps > 1 else ""
        case = f"{steps} step{plural} of {name}, of a network with batch norm"
        call.inside(case, _train, weights, optimizer, options, batches)

    # Adam comes last: it hardly shows by which factor a gradient is wrong
    rate, momentum = float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.8, 0.95))
    try_with("momentum", "SGD", {"learning_rate": rate, "momentum": momentum}, 3)
    try_with("descent, with large logits", "SGD", {"learning_rate": rate / 10}, 1, scale=500.0)
    try_with("Adam", "Adam", {"learning_rate": float(rng.uniform(0.01, 0.05))}, 2)
