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
    returned = function(model, *args)
    flags = [_flags(returned), _flags(model)]
    another = is_network(returned) and returned is not model and len(flags[0]) == len(flags[1])
    if another and flags[0] != flags[1]:  # the given one stays as it was
        flags[0] = COPY
    return flags


COPY = "a copy of the network"


def _parts(model):
    """Return all that has a flag: what holds others comes before these."""
    return [*layers_of(model), *model.weights]


def _flags(model):
    """Return what is trainable, as a list of bool; the words of what is no network."""
    if not is_network(model):
        return "nothing" if model is None else f"a {type(model).__name__}"
    return [bool(part.trainable) for part in _parts(model)]


def _what_learns_by(plan, flags):
    """Return what learns in a classifier with these flags, as a copy of it says."""
    model = small_classifier(*map(tuple, plan))
    parts = _parts(model)
    if not isinstance(flags, list) or len(flags) != len(parts):
        return {"what comes back": _what_came(model, flags)} | dict.fromkeys(FACTS)
    for part, flag in zip(parts, flags):
        part.trainable = bool(flag)
    return {"what comes back": "the model"} | what_learns(model)


def _what_came(model, flags):
    if isinstance(flags, str):
        return flags
    return "the base" if len(flags) == len(_parts(base_in(model))) else "another network"


def draw_plan(rng):
    """Return (filters, names) of a small classifier: lists of int. The last filter is a class."""
    filters = rng.integers(2, 6, size=rng.integers(3, 5))
    return [filters.tolist(), rng.permutation(100)[:20].tolist()]


def num_layers(plan):
    """Return how many layers the base of a classifier has."""
    return len(base_in(small_classifier(*map(tuple, plan))).layers)


@lru_cache(4)  # a probe tries the same one again and again
def small_classifier(filters, names):
    """Return what `build_classifier` returns, in small, with a layer before the base, and a head of
    several layers, so that neither the first nor the last ones are all that counts."""
    layers, names = keras.layers, list(names)
    x = images = keras.Input((8, 8, 3), name="images")

    def normed(x, filters, size):
        name = names.pop()
        x = layers.Conv2D(filters, size, padding="same", use_bias=False, name=f"conv_{name}")(x)
        return layers.BatchNormalization(name=f"norm_{name}")(x)

    for number in filters[:-1]:
        x = layers.Activation("relu", name=f"relu_{names.pop()}")(normed(x, number, 3))
    side = normed(x, 3, 1)
    joined = layers.Concatenate(name="concat")([x, side])
    joined = layers.Dropout(0.5, name=f"drop_{names.pop()}")(joined)
    grid = layers.Conv2D(4, 1, name=f"conv_{names.pop()}")(joined)
    base = keras.Model(images, grid, name=f"base_{names.pop()}")
    outside = keras.Input((8, 8, 3))
    x = base(layers.Conv2D(3, 1, name=f"first_{names.pop()}")(outside))
    x = layers.Dense(5, name=f"head_{names.pop()}")(layers.GlobalAveragePooling2D()(x))
    x = layers.Activation("relu")(layers.BatchNormalization(name=f"head_norm_{names.pop()}")(x))
    return keras.Model(outside, layers.Dense(filters[-1], name=f"head_{names.pop()}")(x))


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


BASE, OUTSIDE = "weights of the base that learn", "weights of the other layers that learn"
MOVE, MOVE_OUTSIDE = "batch norms of the base that move", "other batch norms that move"
FACTS = BASE, OUTSIDE, MOVE, MOVE_OUTSIDE


def what_learns(model):
    """Return which weights of a classifier gradients change, and which of its batch norms a pass
    in training mode changes, by their names, which are drawn."""
    base = base_in(model)
    learning = {id(weight) for weight in model.trainable_weights}
    outside = [layer for layer in model.layers if layer is not base]

    def weights_of(layers):
        return [
            f"{layer.name}/{weight.name}"
            for layer in layers
            for weight in layer.weights
            if id(weight) in learning
        ]

    def moving(layers):
        norms = keras.layers.BatchNormalization
        return [each.name for each in layers if isinstance(each, norms) and each.trainable]

    found = weights_of(base.layers), weights_of(outside), moving(base.layers), moving(outside)
    return dict(zip(FACTS, found))
