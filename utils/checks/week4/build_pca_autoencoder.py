"""Check of `build_pca_autoencoder`: two linear layers with biases, and their shapes."""

import math

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check

build_pca_autoencoder = new_check(__name__)


def _linear(
    img_shape, code_size, encode=None, decode=None, bias=True, flat_rows=False, swapped=False
):
    """Return the pair. encode, decode: activations."""
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten()])
    encoder.add(layers.Dense(code_size, activation=encode, use_bias=bias))
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(math.prod(img_shape), activation=decode, use_bias=bias))
    if not flat_rows:
        decoder.add(layers.Reshape(img_shape))
    return (decoder, encoder) if swapped else (encoder, decoder)


build_pca_autoencoder.add_mistakes(
    _linear,
    {
        "There is an activation on the code; with it the code isn't linear.": {"encode": "relu"},
        "There is a squashing activation on the images; leave it out.": {"decode": "tanh"},
        "The decoder gives flat rows: reshape them to images, as the encoder flattened them.": {
            "flat_rows": True
        },
        "The biases are missing: PCA subtracts a mean before projecting, and adds it back.": {
            "bias": False
        },
        "The pair is swapped: the encoder comes first, then the decoder.": {"swapped": True},
    },
)


@build_pca_autoencoder.mistake(
    "The images aren't flattened: a dense layer then works on each pixel's channels alone, and the "
    "code is a grid instead of one row per image."
)
def code_not_flattened(img_shape, code_size):
    encode = [keras.Input(img_shape), layers.Dense(code_size)]
    decode = [keras.Input((*img_shape[:2], code_size)), layers.Dense(img_shape[-1])]
    return keras.Sequential(encode), keras.Sequential(decode)


@build_pca_autoencoder.alternative
def linear_functional(img_shape, code_size):
    images, codes = keras.Input(img_shape), keras.Input((code_size,))
    flat = layers.Reshape((math.prod(img_shape),))(images)
    back = layers.Dense(int(np.prod(img_shape)), activation="linear")(codes)
    back = ops.reshape(back, (-1, *img_shape))
    return keras.Model(images, layers.Dense(code_size)(flat)), keras.Model(codes, back)


@build_pca_autoencoder.alternative
def linear_as_a_list(img_shape, code_size):
    return list(_linear(img_shape, code_size))
