"""Check of `build_discriminator`: one logit per image, which depends on the whole image alone."""

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check
from ._gan_networks import size_facts, training_facts
from ._value_facts import with_facts


def _facts_of_discriminator(value, _):
    if "parameters" in value:
        return size_facts(value)
    if "weights that stayed" in value:
        return training_facts(value)
    answers, strong = np.asarray(value["answers"]), np.asarray(value["strong answers"])
    if answers.shape != (3, 1):
        return {"one logit per image": False}
    with_these, with_others = value["beside these and others"]
    changes = np.abs(np.asarray(value["corners changed"]) - answers[:1]).ravel()
    probable = bool(
        ((strong >= 0) & (strong <= 1)).all() and ((answers >= 0) & (answers <= 1)).all()
    )
    alone = np.allclose(with_these, with_others, rtol=1e-3, atol=1e-4)
    alone = not value["batch norm"] if value["dropout"] else alone
    return {
        "one logit per image": True,
        "the answers are probabilities": probable,
        "other images of the batch change the answer": not alone,
        "every corner of the image counts": bool((changes > 0).all()),
    }


build_discriminator = new_check(__name__, points=2, properties=with_facts(_facts_of_discriminator))


def _discriminator(img_shape, end=None, norm=False, pool="flatten", width=16, stages=2, outputs=1):
    """Return a small discriminator."""
    model = keras.Sequential([keras.Input(img_shape)])
    for stage in range(stages):
        model.add(layers.Conv2D(width * 2**stage, 4, 2, padding="same"))
        if norm:
            model.add(layers.BatchNormalization())
        model.add(layers.LeakyReLU(negative_slope=0.2))
    if pool == "one place":
        height, breadth = (side // 2**stages for side in img_shape[:2])
        model.add(layers.Cropping2D(((1, height - 2), (1, breadth - 2))))
        model.add(layers.Flatten())
    else:
        model.add(layers.Flatten() if pool == "flatten" else layers.GlobalAveragePooling2D())
    model.add(layers.Dense(outputs, activation=end))
    return model


build_discriminator.add_mistakes(
    _discriminator,
    {
        "It ends in a sigmoid; return the logit, the number before it.": {"end": "sigmoid"},
        "Batch norm mixes the images of a batch: the answer to one depends on those beside it.": {
            "norm": True
        },
        "It decides by one place of the last grid, which sees only a part of the image.": {
            "pool": "one place"
        },
        "It gives two numbers per image; one logit says real or fake.": {"outputs": 2},
        "It has too many parameters: halve the size of the grid more often.": {"width": 400},
    },
)


@build_discriminator.mistake(
    "It has no flatten or pooling before the last layer, and gives a logit for every place."
)
def logits_for_places(img_shape):
    model = keras.Sequential([keras.Input(img_shape), layers.Conv2D(16, 4, 2, padding="same")])
    model.add(layers.LeakyReLU())
    model.add(layers.Dense(1))
    return model


@build_discriminator.mistake(
    "Its first layers are frozen, so they stay as random as they started: let every weight learn."
)
def frozen_discriminator(img_shape):
    model = _discriminator(img_shape)
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model


@build_discriminator.mistake("It has no weights, so it can't learn: begin with a convolution.")
def discriminator_without_weights(img_shape):
    images = keras.Input(img_shape)
    brightness = layers.GlobalAveragePooling2D()(images)
    return keras.Model(images, ops.sum(brightness, axis=1, keepdims=True))


@build_discriminator.alternative
def discriminator_with_spectral_norm(img_shape):
    model = keras.Sequential([keras.Input(img_shape)])
    for filters in (16, 32):
        model.add(layers.SpectralNormalization(layers.Conv2D(filters, 4, 2, padding="same")))
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model


@build_discriminator.alternative
def pooled_discriminator(img_shape):
    return _discriminator(img_shape, pool="average", stages=3)


@build_discriminator.alternative
def discriminator_with_dropout(img_shape):
    x = images = keras.Input(img_shape)
    for filters in (24, 48):
        x = layers.GroupNormalization(8)(layers.Conv2D(filters, 3, strides=2, padding="same")(x))
        x = layers.SpatialDropout2D(0.2)(layers.LeakyReLU()(x))
    return keras.Model(images, layers.Dense(1)(layers.Flatten()(x)))
