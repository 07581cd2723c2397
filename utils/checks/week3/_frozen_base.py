"""What the checks of a frozen base share."""

import keras


def is_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


def base_of(model):
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def open_base(model):
    base = base_of(model)
    model.trainable = base.trainable = True
    return base
