"""Check of `build_deep_autoencoder`: points, the mistakes people make, sound variants."""

import math

import keras
from keras import layers, ops

from ..check import new_check

build_deep_autoencoder = new_check(__name__, points=2)


def _deep(
    img_shape, code_size, filters=(32, 64, 128, 256), activation="elu", code=None, last=None,
    padding="same", back=(128, 64, 32), first="elu",
):  # fmt: skip
    """Return the convolutional pair with changes."""
    encoder = keras.Sequential([keras.Input(img_shape)])
    for number in filters:
        encoder.add(layers.Conv2D(number, 3, padding=padding, activation=activation))
        encoder.add(layers.MaxPooling2D(padding="same"))
    grid = encoder.output_shape[1:]
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(code_size, activation=code))
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(math.prod(grid), activation=first))
    decoder.add(layers.Reshape(grid))
    for number in back:
        decoder.add(layers.Conv2DTranspose(number, 3, 2, "same", activation=activation))
    decoder.add(layers.Conv2DTranspose(img_shape[-1], 3, 2, "same", activation=last))
    return encoder, decoder


@build_deep_autoencoder.mistake("The activation is ELU, which lets negative numbers through.")
def with_relu(img_shape, code_size):
    return _deep(img_shape, code_size, activation="relu", first="relu")


@build_deep_autoencoder.mistake(
    "There is an activation on the code: ELU keeps every number of it above −1. Leave it out."
)
def elu_on_the_code(img_shape, code_size):
    return _deep(img_shape, code_size, code="elu")


@build_deep_autoencoder.mistake(
    "The decoder's last layer has an activation: pixels reach down to −0.5, so leave it out."
)
def activated_at_the_end(img_shape, code_size):
    return _deep(img_shape, code_size, last="elu")


@build_deep_autoencoder.mistake(
    "The decoder's dense layer has no activation; without ELU it is one linear map with the "
    "convolution behind it."
)
def linear_start(img_shape, code_size):
    return _deep(img_shape, code_size, first=None)


@build_deep_autoencoder.mistake("The decoder's filters fall on the way up: 128, 64, 32, then C.")
def decoder_mirrored_upside_down(img_shape, code_size):
    return _deep(img_shape, code_size, back=(32, 64, 128))


@build_deep_autoencoder.mistake(
    "The encoder has three stages: the fourth, of 256 filters, is missing."
)
def three_stages(img_shape, code_size):
    encoder, _ = _deep(img_shape, code_size, filters=(32, 64, 128), back=(64, 32))
    return encoder, _deep(img_shape, code_size)[1]


@build_deep_autoencoder.mistake(
    "The last grid is averaged, which forgets where things are: flatten it."
)
def averaged_grid(img_shape, code_size):
    encoder, decoder = _deep(img_shape, code_size)
    parts = [*encoder.layers[:-2], layers.GlobalAveragePooling2D(), layers.Dense(code_size)]
    return keras.Sequential([keras.Input(img_shape), *parts]), decoder


@build_deep_autoencoder.mistake(
    "The pair is the encoder first, then the decoder; yours is swapped."
)
def deep_pair_swapped(img_shape, code_size):
    return _deep(img_shape, code_size)[::-1]


@build_deep_autoencoder.alternative
def deep_functional(img_shape, code_size):
    x = images = keras.Input(img_shape)
    for power in range(5, 9):
        x = layers.Conv2D(2**power, (3, 3), padding="same")(x)
        x = layers.MaxPool2D((2, 2))(layers.ELU()(x))
    encoder = keras.Model(images, layers.Dense(code_size)(layers.Flatten()(x)))
    codes = keras.Input((code_size,))
    y = layers.Activation("elu")(layers.Dense(math.prod(x.shape[1:]))(codes))
    y = layers.Reshape(x.shape[1:])(y)
    for power in (7, 6, 5):
        y = ops.elu(layers.Conv2DTranspose(2**power, 3, strides=2, padding="same")(y))
    y = layers.Conv2DTranspose(img_shape[2], 3, strides=(2, 2), padding="same")(y)
    return encoder, keras.Model(codes, y)


@build_deep_autoencoder.alternative
def deep_as_lists(img_shape, code_size):
    encode = [keras.Input(img_shape)]
    for number in (32, 64, 128, 256):
        encode += [layers.Conv2D(number, 3, activation=keras.activations.elu, padding="SAME")]
        encode += [layers.MaxPooling2D(2)]
    encode += [layers.Flatten(), layers.Dense(code_size)]
    return keras.Sequential(encode), _deep(img_shape, code_size)[1]
