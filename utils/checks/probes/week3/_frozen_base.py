"""A small classifier with a base, and what learns in it."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import outputs, set_known_weights


def base_in(model):
    return next((layer for layer in model.layers if isinstance(layer, keras.Model)), None)


def change_and_look(call, rng, case, model, *args):
    """Have the learner's function change a model; note what learns then, in training mode too."""
    images = rng.normal(size=(2, *model.input_shape[1:])).astype("float32")

    def look(networks):
        returned, given = networks
        seen = what_learns(given, images)
        same = returned is given  # as in a notebook; a box sends each as a network of its own
        returned = seen if same else what_learns(returned, images)
        return {"what is returned": returned, "the model that was given": seen}

    call.inside(case, change, model, *args, then=look)


def change(function, model, *args):
    """Return what the function returns, and the model as it is then."""
    return [function(model, *args), model]


def learn_all(model):
    model.trainable = True
    for layer in [*model.layers, *base_in(model).layers]:  # each, as Keras skips equal values
        layer.trainable = True


def small_classifier(rng):
    """Return (base, model): what `build_classifier` returns, in small, with all to be trained.

    How many layers it has, and their numbers, sizes and names are drawn.
    """
    layers = keras.layers
    names = [int(name) for name in rng.permutation(100)]
    x = images = keras.Input((8, 8, 3), name="images")

    def normed(x, filters, size):
        name = names.pop()
        x = layers.Conv2D(filters, size, padding="same", use_bias=False, name=f"conv_{name}")(x)
        return layers.BatchNormalization(name=f"norm_{name}")(x)

    for filters in rng.integers(2, 6, size=rng.integers(2, 4)):
        x = layers.Activation("relu", name=f"relu_{names.pop()}")(normed(x, int(filters), 3))
    side = normed(x, 3, 1)
    base = keras.Model(images, layers.Concatenate(name="concat")([x, side]), name="base")
    outside = keras.Input((8, 8, 3))
    grid = layers.GlobalAveragePooling2D()(base(outside))
    classes = int(rng.integers(3, 7))
    model = keras.Model(outside, layers.Dense(classes, name=f"head_{names.pop()}")(grid))
    learn_all(model)
    set_known_weights(model, rng)
    return base, model


def what_learns(model, images):
    """Return which weights of a classifier `fit` changes: by gradients, and by a pass alone."""
    if not is_network(model):
        return model
    base = base_in(model)
    if base is None:
        return "a network without a base"
    learning = {id(weight) for weight in model.trainable_weights}
    moving = moving_weights(model)
    outputs(model, images, training=True)
    return {
        "weights that learn": [
            f"{layer.name}/{weight.name}"
            for layer in [*base.layers, model.layers[-1]]
            for weight in layer.weights
            if id(weight) in learning
        ],
        "batch norms move": not are_same(moving, moving_weights(model)),
    }


def moving_weights(model):
    return [
        keras.ops.convert_to_numpy(weight)
        for weight in model.weights
        if weight.name.startswith("moving_")
    ]


def are_same(before, after):
    return all(np.array_equal(a, b) for a, b in zip(before, after))
