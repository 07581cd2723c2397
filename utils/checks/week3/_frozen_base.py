"""Finding and opening a classifier's base, for the checks of what learns in it."""

import keras


def is_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


def base_of(model):
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def open_base(model):
    """Make the whole model trainable; return its base."""
    base = base_of(model)
    model.trainable = base.trainable = True
    return base
