"""Check of `build_deep_autoencoder`: stages, filters and activations of both networks."""

import math

import keras
from keras import layers, ops

from ..check import new_check

build_deep_autoencoder = new_check(__name__, points=2)


def _deep(
    img_shape, code_size, filters=(32, 64, 128, 256), activation="elu", flatten=layers.Flatten,
    code=None, first="elu", back=(128, 64, 32), last=None, swapped=False,
):  # fmt: skip
    """Return the pair. code, first, last: activations of the code and of the decoder's ends."""
    encoder = keras.Sequential([keras.Input(img_shape)])
    for number in filters:
        encoder.add(layers.Conv2D(number, 3, padding="same", activation=activation))
        encoder.add(layers.MaxPooling2D())
    encoder.add(flatten())
    encoder.add(layers.Dense(code_size, activation=code))
    grid = (img_shape[0] // 16, img_shape[1] // 16, 256)
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(math.prod(grid), activation=first))
    decoder.add(layers.Reshape(grid))
    for number in back:
        decoder.add(layers.Conv2DTranspose(number, 3, 2, "same", activation=activation))
    decoder.add(layers.Conv2DTranspose(img_shape[-1], 3, 2, "same", activation=last))
    return (decoder, encoder) if swapped else (encoder, decoder)


build_deep_autoencoder.add_mistakes(
    _deep,
    {
        "The activation is ELU, which lets negative numbers through.": {
            "activation": "relu",
            "first": "relu",
        },
        "There is an activation on the code: ELU keeps all its numbers above −1. Leave it out.": {
            "code": "elu"
        },
        "The decoder's last layer has an activation: leave it out, as pixels reach to −0.5.": {
            "last": "elu"
        },
        "The decoder's dense layer has no activation; without ELU, it and the convolution "
        "behind it are one linear map.": {"first": None},
        "The decoder has fewer and fewer filters on the way up: 128, 64, 32, then C.": {
            "back": (32, 64, 128)
        },
        "The encoder has three stages: the fourth, of 256 filters, is missing.": {
            "filters": (32, 64, 128)
        },
        "The last grid is averaged, which forgets where things are: flatten it.": {
            "flatten": layers.GlobalAveragePooling2D
        },
        "The pair is swapped: the encoder comes first, then the decoder.": {"swapped": True},
    },
)


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
