"""Check of `build_generator`: sizes, the range of the pixels, what they depend on."""

import math
from functools import partial

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check
from ._gan_networks import SMALL_ENOUGH, sentences, size_facts, training_facts
from ._value_facts import with_facts


def _facts_of_generator(value, _):
    if "parameters" in value:
        return size_facts(value)
    if "weights that stayed" in value:
        return training_facts(value)
    spread, ends = np.asarray(value["spread of a pixel"]), value["range for extreme noise"]
    return {
        "the same noise gives the same image": value["again"] < 1e-6,
        "all pixels answer to the noise": _answering(spread),
        "the pixels' range": _range_in_words(ends),
        "the pixels' range in training": _range_in_words(value["range in training"]),
    }


def _answering(spread):
    if (spread > 0).all():
        return "all"
    return "some" if (spread > 0).any() else "none"


def _range_in_words(ends):
    low, high = ends
    if not np.isfinite(ends).all():
        return "NaN or infinite"
    if low >= 0:
        return "from 0 to 1" if high <= 1.001 else "from 0 on, without end"
    names = {"within −0.5 and 0.5": 0.501, "within −1 and 1": 1.001}
    return next((name for name, limit in names.items() if -limit <= low and high <= limit), "any")


def _of_range(ours, theirs):
    sentences = {
        "from 0 to 1": "The pixels reach from 0 to 1, a sigmoid's range; real ones lie within −0.5 "
        "and 0.5.",
        "from 0 on, without end": "No pixel is below 0 and nothing bounds them, as behind a ReLU: "
        "end in a bounded function, such as tanh, and halve it.",
        "within −1 and 1": "The pixels reach from −1 to 1: after a tanh, halve them, as real "
        "images end at ±0.5.",
        "any": "Nothing bounds the pixels at ±0.5: end in a bounded function, such as tanh, and "
        "halve it.",
        "NaN or infinite": "Pixels become NaN or infinite for extreme noise: end in a bounded "
        "function, such as tanh, and halve it.",
    }
    return sentences.get(ours)


def _of_range_in_training(ours, theirs):
    return (
        "Pixels leave ±0.5 once a batch norm has seen data: what bounds them, such as a tanh that "
        "is halved, must come last."
    )


def _of_answers(ours, _):
    if ours == "none":
        return "No pixel answers to the noise: some layer gives the same for any, as zeros do."
    return (
        "Some pixels are the same for different noise: a stride larger than its kernel leaves "
        "holes, a rounding drops small changes, and a constant part never answers."
    )


build_generator = new_check(
    __name__,
    points=2,
    properties=with_facts(_facts_of_generator),
    sentences=sentences("The generator", "noise", "images")
    | {
        "the same noise gives the same image": "Random numbers are added inside, so the same noise "
        "gives a different image each time.",
        "all pixels answer to the noise": _of_answers,
        "the pixels' range": _of_range,
        "the pixels' range in training": _of_range_in_training,
    },
)


def _generator(
    noise_size, img_shape, width=32, last="tanh", scale=0.5, hidden="relu", dense_norm=True
):
    """Return a small generator."""
    height, breadth, channels = img_shape
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


def _mistake(fact, ours=None):
    """Return the decorator for a mistake that the sentence of a fact names."""
    sentence = build_generator.sentences[fact]
    return build_generator.mistake(sentence(ours, "") if callable(sentence) else sentence)


_mistake("the pixels' range", "within −1 and 1")(partial(_generator, scale=1))
_mistake("the pixels' range", "from 0 to 1")(partial(_generator, scale=1, last="sigmoid"))
_mistake("the pixels' range", "any")(partial(_generator, scale=1, last=None))
_mistake(SMALL_ENOUGH)(partial(_generator, width=600))


@_mistake("the pixels' range in training")
def norm_at_the_end(noise_size, img_shape):
    model = _generator(noise_size, img_shape)
    model.add(layers.BatchNormalization())
    return model


@_mistake("frozen weights")
def frozen_generator(noise_size, img_shape):
    model = _generator(noise_size, img_shape)
    model.trainable = False
    return model


@_mistake("the same noise gives the same image")
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
