"""Check of `build_deep_autoencoder`: stages, filters and activations of both networks."""

import math

import keras
from keras import layers, ops

from ..check import new_check
from ._autoencoders import SIZES

build_deep_autoencoder = new_check(
    __name__,
    points=2,
    layers=("filters", "units", "kernel_size", "strides", "padding", "pool_size", "use_bias"),
    sentences=SIZES,
)


def _deep(
    img_shape, code_size, filters=(32, 64, 128, 256), activation="elu", flatten=layers.Flatten,
    code=None, first="elu", back=(128, 64, 32), last=None, swapped=False, up="elu",
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
        decoder.add(layers.Conv2DTranspose(number, 3, 2, "same", activation=up))
    decoder.add(layers.Conv2DTranspose(img_shape[-1], 3, 2, "same", activation=last))
    return (decoder, encoder) if swapped else (encoder, decoder)


ON_CODE = "There is an activation on the code: leave it out, so that its numbers may be any."
ON_IMAGES = "The decoder's last layer has an activation: leave it out, as pixels reach to −0.5."
build_deep_autoencoder.add_mistakes(
    _deep,
    [
        (
            "The activation is ELU, which lets negative numbers through; yours is ReLU.",
            {"activation": "relu", "first": "relu", "up": "relu"},
        ),
        (
            "The encoder's convolutions have no activation: ELU belongs behind each of them.",
            {"activation": None},
        ),
        (
            "There is no ELU in the decoder's transposed convolutions: all but the last have one.",
            {"up": None},
        ),
        (
            "The decoder's dense layer has no activation; without ELU, it and the convolution "
            "behind it are one linear map.",
            {"first": None},
        ),
        (
            "There is no ELU in the decoder: all of its layers but the last have one.",
            {"first": None, "up": None},
        ),
        (
            "The decoder has fewer and fewer filters on the way up: 128, 64, 32, then C.",
            {"back": (32, 64, 128)},
        ),
        (
            "The decoder's filters are 128, 64, 32, then C: the 256 are those of the grid that it "
            "starts from, not of its first transposed convolution.",
            {"back": (256, 128, 64)},
        ),
        (
            "The encoder has three stages: the fourth, of 256 filters, is missing.",
            {"filters": (32, 64, 128)},
        ),
        (
            "The last grid is averaged, which forgets where things are: flatten it.",
            {"flatten": layers.GlobalAveragePooling2D},
        ),
        ("The pair is swapped: the encoder comes first, then the decoder.", {"swapped": True}),
        (ON_CODE, {"code": "elu"}),
        (ON_IMAGES, {"last": "elu"}),
    ],
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
