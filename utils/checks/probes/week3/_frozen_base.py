"""A small classifier with a base, and what learns in it."""

from functools import lru_cache, partial

import keras

from ..attempt import is_network
from ..networks.leave import layers_of


def base_in(model):
    return next((layer for layer in model.layers if isinstance(layer, keras.Model)), None)


def change_and_look(call, case, plan, frozen, *args):
    """Have the learner's function change a classifier; note what learns then.

    plan: see `draw_plan`; frozen: what is frozen before, see `_freeze`.
    """
    seen = partial(_what_learns_by, plan)
    call.inside(case, change, plan, frozen, *args, then=lambda flags: list(map(seen, flags)))


def change(function, plan, frozen, *args):
    """Return the flags of the model that the function returns, and of the one it was given."""
    model = small_classifier(*map(tuple, plan))
    _freeze(model, frozen)
    return [_flags(function(model, *args)), _flags(model)]


def _parts(model):
    """Return all that has a flag: what holds others comes before these."""
    return [*layers_of(model), *model.weights]


def _flags(model):
    """Return what is trainable, as a list of bool; the words of what is no network."""
    if not is_network(model):
        return f"no network, but a {type(model).__name__}"
    return [bool(part.trainable) for part in _parts(model)]


def _what_learns_by(plan, flags):
    """Return what learns in a classifier with these flags, as a copy of it says."""
    model = small_classifier(*map(tuple, plan))
    parts = _parts(model)
    if not isinstance(flags, list) or len(flags) != len(parts):
        return flags if isinstance(flags, str) else "another network"
    for part, flag in zip(parts, flags):
        part.trainable = bool(flag)
    return what_learns(model)


def draw_plan(rng):
    """Return (filters, names) of a small classifier: lists of int. The last filter is a class."""
    filters = rng.integers(2, 6, size=rng.integers(3, 5))
    return [filters.tolist(), rng.permutation(100)[:20].tolist()]


def num_layers(plan):
    """Return how many layers the base of a classifier has."""
    return len(base_in(small_classifier(*map(tuple, plan))).layers)


@lru_cache(4)  # a probe tries the same one again and again
def small_classifier(filters, names):
    """Return what `build_classifier` returns, in small."""
    layers, names = keras.layers, list(names)
    x = images = keras.Input((8, 8, 3), name="images")

    def normed(x, filters, size):
        name = names.pop()
        x = layers.Conv2D(filters, size, padding="same", use_bias=False, name=f"conv_{name}")(x)
        return layers.BatchNormalization(name=f"norm_{name}")(x)

    for number in filters[:-1]:
        x = layers.Activation("relu", name=f"relu_{names.pop()}")(normed(x, number, 3))
    side = normed(x, 3, 1)
    base = keras.Model(images, layers.Concatenate(name="concat")([x, side]), name="base")
    outside = keras.Input((8, 8, 3))
    grid = layers.GlobalAveragePooling2D()(base(outside))
    return keras.Model(outside, layers.Dense(filters[-1], name=f"head_{names.pop()}")(grid))


def _freeze(model, frozen):
    """Let all of a model learn but what is `frozen`: "nothing", "the base", "all", or a number of
    layers of the base, the first ones."""
    base = base_in(model)
    model.trainable = True
    for layer in [*model.layers, *base.layers]:  # each, as Keras skips equal values
        layer.trainable = True
    if frozen == "all":
        model.trainable = False
    elif frozen == "the base":
        base.trainable = False
    elif frozen != "nothing":
        for layer in base.layers[:frozen]:
            layer.trainable = False


def what_learns(model):
    """Return which weights of a classifier gradients change, and which of its batch norms a pass
    in training mode changes, by their names, which are drawn."""
    base = base_in(model)
    learning = {id(weight) for weight in model.trainable_weights}
    norms = [each for each in base.layers if isinstance(each, keras.layers.BatchNormalization)]
    return {
        "weights that learn": [
            f"{layer.name}/{weight.name}"
            for layer in [*base.layers, model.layers[-1]]
            for weight in layer.weights
            if id(weight) in learning
        ],
        "batch norms that move": [layer.name for layer in norms if layer.trainable],
    }
