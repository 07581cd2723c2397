"""Check of `build_discriminator`: one logit per image, which depends on the whole image alone."""

from functools import partial

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check
from ._gan_networks import SMALL_ENOUGH, sentences, size_facts, training_facts
from ._value_facts import with_facts


def _facts_of_discriminator(value, _):
    if "parameters" in value:
        return size_facts(value)
    if "weights that stayed" in value:
        return training_facts(value)
    answers, strong = np.asarray(value["answers"]), np.asarray(value["strong answers"])
    if answers.shape != (3, 1):
        return {"one logit per image": False}
    alone = _same(*value["beside these and others"])
    alone = not value["batch norm"] if value["by chance"] else alone
    return {
        "one logit per image": True,
        "the logits' range": _range_in_words(np.concatenate([answers, strong]).ravel()),
        "batch norm": value["batch norm"] and not alone,
        "other images of the batch change the answer": not (
            alone and _same(*value["the same outside of training"])
        ),
        "parts of an image that count for nothing": ", ".join(value["unseen"]),
    }


def _same(these, others):
    return bool(np.allclose(these, others, rtol=1e-3, atol=1e-4))


def _range_in_words(answers):
    """Return in what range 75 answers are, of which half are above 0 where nothing bounds them."""
    low, high = answers.min(), answers.max()
    if not np.isfinite(answers).all():
        return "NaN or infinite"
    if np.ptp(answers) < 1e-6:
        return "always the same"
    if low >= 0:
        return "0 to 1" if high <= 1.000001 else "never below 0"
    if high <= 0:
        return "never above 0"
    return "−1 to 1" if max(-low, high) <= 1.000001 else "any number"


def _of_range(ours, _):
    return {
        "0 to 1": "It ends in a sigmoid; return the logit, the number before it.",
        "never below 0": "No answer is below 0, as behind a ReLU: a logit may be any number, so "
        "end in a dense layer without an activation.",
        "never above 0": "No answer is above 0, as for a logarithm of probabilities: a logit may "
        "be any number, so end in a dense layer without an activation.",
        "−1 to 1": "The answers lie within −1 and 1, as behind a tanh: a logit may be any number, "
        "so end in a dense layer without an activation.",
        "always the same": "The answer is the same for all images, as a softmax over one number "
        "gives: end in a dense layer without an activation.",
        "NaN or infinite": "The answers become NaN or infinite for large weights: end in a dense "
        "layer without an activation.",
    }.get(ours)


def _of_unseen(ours, _):
    return (
        f"Parts of an image count for nothing: {ours}. A stride larger than its kernel leaves "
        'pixels out, padding "valid" the last row and column; so does a look at one place alone.'
    )


build_discriminator = new_check(
    __name__,
    points=2,
    properties=with_facts(_facts_of_discriminator),
    sentences=sentences("The discriminator", "images", "one logit")
    | {
        "one logit per image": "It should give one logit for each image, of shape (n, 1).",
        "the logits' range": _of_range,
        "batch norm": "Batch norm mixes the images of a batch: the answer to one depends on those "
        "beside it.",
        "other images of the batch change the answer": "Something is computed over the batch, such "
        "as a mean over axis 0, so the answer to an image depends on those beside it.",
        "parts of an image that count for nothing": _of_unseen,
    },
)


def _discriminator(img_shape, end=None, norm=False, pool="flatten", width=16, stages=2, outputs=1):
    """Return a small discriminator."""
    model = keras.Sequential([keras.Input(img_shape)])
    for stage in range(stages):
        model.add(layers.Conv2D(width * 2**stage, 4, 2, padding="same"))
        if norm:
            model.add(layers.BatchNormalization())
        model.add(layers.LeakyReLU(negative_slope=0.2))
    model.add(layers.Flatten() if pool == "flatten" else layers.GlobalAveragePooling2D())
    model.add(layers.Dense(outputs, activation=end))
    return model


def _mistake(fact, ours=None):
    """Return the decorator for a mistake that the sentence of a fact names."""
    sentence = build_discriminator.sentences[fact]
    return build_discriminator.mistake(sentence(ours, "") if callable(sentence) else sentence)


_mistake("the logits' range", "0 to 1")(partial(_discriminator, end="sigmoid"))
_mistake("the logits' range", "never below 0")(partial(_discriminator, end="relu"))
_mistake("batch norm")(partial(_discriminator, norm=True))
_mistake(SMALL_ENOUGH)(partial(_discriminator, width=400))


def _rest_over_batch(images):
    return images - ops.mean(images, axis=0, keepdims=True)


@_mistake("other images of the batch change the answer")
def centred_by_the_batch(img_shape):
    images = keras.Input(img_shape)
    return keras.Model(images, _discriminator(img_shape)(_rest_over_batch(images)))


@build_discriminator.mistake("It gives two numbers per image; one logit says real or fake.")
def two_outputs(img_shape):
    return _discriminator(img_shape, outputs=2)


@_mistake("frozen weights")
def frozen_discriminator(img_shape):
    model = _discriminator(img_shape)
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model


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
def discriminator_with_noise(img_shape):
    model = keras.Sequential([keras.Input(img_shape), layers.GaussianNoise(0.05)])
    for filters in (16, 24):
        convolution = layers.Conv2D(filters, 4, 2, padding="same")
        model.add(layers.SpectralNormalization(convolution))
        model.add(layers.LeakyReLU())
    model.add(layers.Conv2D(1, [side // 4 for side in img_shape[:2]]))
    model.add(layers.Reshape((1,)))
    return model


@build_discriminator.alternative
def discriminator_with_dropout(img_shape):
    x = images = keras.Input(img_shape)
    for filters in (24, 48):
        x = layers.GroupNormalization(8)(layers.Conv2D(filters, 3, strides=2, padding="same")(x))
        x = layers.SpatialDropout2D(0.2)(layers.LeakyReLU()(x))
    return keras.Model(images, layers.Dense(1)(layers.Flatten()(x)))
