"""Check of `build_generator`: sizes, the range of the pixels, what they depend on."""

import math

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check
from ._gan_networks import size_facts, training_facts
from ._value_facts import with_facts


def _facts_of_generator(value, _):
    if "parameters" in value:
        return size_facts(value)
    if "weights that stayed" in value:
        return training_facts(value)
    spread, ends = np.asarray(value["spread of a pixel"]), value["range for extreme noise"]
    return {
        "pixels lie within −0.5 and 0.5": _within(ends, 0.501),
        "pixels lie within −1 and 1": _within(ends, 1.001),
        "pixels reach below 0": bool(ends[0] < -0.25),
        "the same noise gives the same image": value["again"] < 1e-6,
        "all pixels answer to the noise": bool((spread > 0).all()),
    }


def _within(ends, limit):
    return bool(-limit <= ends[0] <= ends[1] <= limit)


build_generator = new_check(__name__, points=2, properties=with_facts(_facts_of_generator))


def _generator(
    noise_size, img_shape, width=32, last="tanh", scale=0.5, hidden="relu", dense_norm=True,
    fixed=None,
):  # fmt: skip
    """Return a small generator. fixed: a shape of images to make instead of `img_shape`."""
    height, breadth, channels = fixed or img_shape
    grid = (height // 4, breadth // 4, width)
    model = keras.Sequential([keras.Input((noise_size,)), layers.Dense(math.prod(grid))])
    model.add(layers.Reshape(grid))
    if dense_norm:
        model.add(layers.BatchNormalization(momentum=0.9))
    model.add(layers.Activation(hidden))
    for _ in range(2):
        model.add(layers.Conv2DTranspose(width, 4, 2, "same", activation="relu"))
    model.add(layers.Conv2D(channels, 3, padding="same", activation=last))
    model.add(layers.Rescaling(scale))
    return model


build_generator.add_mistakes(
    _generator,
    {
        "The pixels reach from −1 to 1: after a tanh, halve them, as real images end at ±0.5.": {
            "scale": 1
        },
        "The pixels reach from 0 to 1, a sigmoid's range; real ones lie within −0.5 and 0.5.": {
            "last": "sigmoid",
            "scale": 1,
        },
        "Nothing bounds the pixels: end in a bounded function, such as tanh, and scale it.": {
            "last": None,
            "scale": 1,
        },
        "It has too many parameters: start from a smaller grid, or fewer channels.": {"width": 600},
        "It makes images of a fixed size; take height, width and channels from img_shape.": {
            "fixed": (32, 32, 3)
        },
    },
)


@build_generator.mistake(
    "Its weights are frozen, so they stay as random as they started: let every weight learn."
)
def frozen_generator(noise_size, img_shape):
    model = _generator(noise_size, img_shape)
    model.trainable = False
    return model


@build_generator.mistake(
    "It has no weights, so it can't learn: begin with a dense layer, for example."
)
def generator_without_weights(noise_size, img_shape):
    height, width, channels = img_shape
    noise = keras.Input((noise_size,))
    pixels = layers.UpSampling2D((height, width))(layers.Reshape((1, 1, noise_size))(noise))
    return keras.Model(noise, layers.Rescaling(0.5)(ops.tanh(pixels[..., :channels])))


@build_generator.mistake(
    "Random numbers are added inside, so the same noise gives a different image each time."
)
def generator_with_dice(noise_size, img_shape):
    inner = _generator(noise_size, img_shape)
    noise = keras.Input((noise_size,))
    seeds = keras.random.SeedGenerator(1)
    dice = layers.Lambda(lambda x: x + keras.random.normal(ops.shape(x), seed=seeds))
    return keras.Model(noise, inner(dice(noise)))


@build_generator.alternative
def plain_generator(noise_size, img_shape):
    return _generator(noise_size, img_shape, dense_norm=False, hidden="elu")


@build_generator.alternative
def generator_by_upsampling(noise_size, img_shape):
    height, width, channels = img_shape
    noise = keras.Input((noise_size,))
    x = layers.Reshape((height // 4, width // 4, 24))(
        layers.Dense(height * width * 24 // 16)(noise)
    )
    for filters in (32, 24):
        x = layers.UpSampling2D()(layers.LeakyReLU()(x))
        x = layers.Conv2D(filters, 3, padding="same")(x)
    x = layers.Conv2D(channels, 5, padding="same", activation="sigmoid")(layers.LeakyReLU()(x))
    return keras.Model(noise, x - 0.5)
