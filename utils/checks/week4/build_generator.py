"""Check of `build_generator`: points, the mistakes people make, sound variants."""

import math

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check
from ._gan_networks import facts_of_network, size_facts


def _facts_of_generator(evidence):
    return facts_of_network(evidence, {"parameters": size_facts, "range": _generated_facts})


def _generated_facts(value):
    spread = np.asarray(value["spread of a pixel"])
    return {
        "pixels lie within −0.5 and 0.5": _within(value["range for extreme noise"], 0.501),
        "pixels lie within −1 and 1": _within(value["range for extreme noise"], 1.001),
        "pixels reach below 0": bool(value["range for extreme noise"][0] < -0.25),
        "the same noise gives the same image": value["again"] < 1e-6,
        "all pixels answer to the noise": bool((spread > 0).all()),
    }


def _within(ends, limit):
    return bool(-limit <= ends[0] <= ends[1] <= limit)


build_generator = new_check(__name__, points=2, properties=_facts_of_generator)


def _generator(
    noise_size, img_shape, width=32, last="tanh", scale=0.5, shift=0.0, ups=2, dense_norm=True,
    hidden="relu",
):  # fmt: skip
    """Return a small generator with changes."""
    height, breadth, channels = img_shape
    grid = (height // 2**ups, breadth // 2**ups, width)
    model = keras.Sequential([keras.Input((noise_size,)), layers.Dense(math.prod(grid))])
    model.add(layers.Reshape(grid))
    if dense_norm:
        model.add(layers.BatchNormalization(momentum=0.9))
    model.add(layers.Activation(hidden))
    for _ in range(ups):
        model.add(layers.Conv2DTranspose(width, 4, 2, "same", activation="relu"))
    model.add(layers.Conv2D(channels, 3, padding="same", activation=last))
    if (scale, shift) != (1, 0):
        model.add(layers.Rescaling(scale, shift))
    return model


@build_generator.mistake(
    "The pixels reach from −1 to 1: after a tanh, halve them, as real images end at ±0.5."
)
def generated_too_wide(noise_size, img_shape):
    return _generator(noise_size, img_shape, scale=1)


@build_generator.mistake(
    "The pixels reach from 0 to 1, a sigmoid's range; real images lie between −0.5 and 0.5."
)
def generated_from_zero(noise_size, img_shape):
    return _generator(noise_size, img_shape, last="sigmoid", scale=1)


@build_generator.mistake(
    "Nothing bounds the pixels: end in a function of a limited range, as tanh, and scale it."
)
def generated_unbounded(noise_size, img_shape):
    return _generator(noise_size, img_shape, last=None, scale=1)


@build_generator.mistake(
    "It has too many parameters: start from a smaller grid, or fewer channels."
)
def generator_too_large(noise_size, img_shape):
    return _generator(noise_size, img_shape, width=600)


@build_generator.mistake(
    "It makes images of a fixed size; take height, width and channels from img_shape."
)
def generator_of_fixed_size(noise_size, img_shape):
    return _generator(noise_size, (32, 32, 3))


@build_generator.mistake(
    "Random numbers are added inside, so that the same noise gives another image each time."
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
