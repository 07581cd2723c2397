"""A small classifier with a base, and what learns in it."""

from functools import cache

import keras
import numpy as np

from ..models import outputs, set_known_weights


def base_in(model):
    return next((layer for layer in model.layers if isinstance(layer, keras.Model)), None)


def change_and_look(call, case, model, *args):
    """Call the learner's function on a model; note which weights learn after it."""
    call(case, model, *args, then=lambda value: value is model)
    call.observe(f"{case}: what learns", what_learns, model)


def learn_all(model):
    model.trainable = True
    for layer in [*model.layers, *base_in(model).layers]:  # each, as Keras skips equal values
        layer.trainable = True


def small_classifier(rng):
    """Return (base, model): what `build_classifier` returns, in small, with all to be trained."""
    base, model = build_small_classifier()
    learn_all(model)
    set_known_weights(model, rng)
    return base, model


@cache
def build_small_classifier():
    layers = keras.layers
    x = images = keras.Input((8, 8, 3), name="images")
    for number in (1, 2):
        x = layers.Conv2D(4, 3, padding="same", use_bias=False, name=f"conv_{number}")(x)
        x = layers.BatchNormalization(name=f"norm_{number}")(x)
        x = layers.Activation("relu", name=f"relu_{number}")(x)
    side = layers.BatchNormalization(name="norm_3")(layers.Conv2D(3, 1, name="conv_3")(x))
    base = keras.Model(images, layers.Concatenate(name="concat")([x, side]), name="base")
    outside = keras.Input((8, 8, 3))
    grid = layers.GlobalAveragePooling2D()(base(outside))
    return base, keras.Model(outside, layers.Dense(3, name="head")(grid))


def what_learns(model):
    learning = {id(weight) for weight in model.trainable_weights}
    return {
        "weights that learn": [
            f"{layer.name}/{weight.name}"
            for layer in [*base_in(model).layers, model.layers[-1]]
            for weight in layer.weights
            if id(weight) in learning
        ]
    }


def do_norms_move(model, rng):
    moving = moving_weights(model)
    outputs(model, rng.normal(size=(2, 8, 8, 3)).astype("float32"), training=True)
    return {"batch norms move": not are_same(moving, moving_weights(model))}


def moving_weights(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if weight.name.startswith("moving_")
    ]


def are_same(before, after):
    return all(np.array_equal(a, b) for a, b in zip(before, after))
