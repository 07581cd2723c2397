"""Check of `build_pca_autoencoder`: points, the mistakes people make, sound variants."""

import math

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check

build_pca_autoencoder = new_check(__name__)


def _linear(img_shape, code_size, encode=None, decode=None, bias=True, flat_images=False):
    """Return a pair of dense layers with changes."""
    size = math.prod(img_shape)
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten()])
    encoder.add(layers.Dense(code_size, activation=encode, use_bias=bias))
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(size, activation=decode, use_bias=bias))
    if not flat_images:
        decoder.add(layers.Reshape(img_shape))
    return encoder, decoder


@build_pca_autoencoder.mistake("There is an activation on the code; with it the code isn't linear.")
def activated_code(img_shape, code_size):
    return _linear(img_shape, code_size, encode="relu")


@build_pca_autoencoder.mistake("There is a squashing activation on the images; leave it out.")
def activated_images(img_shape, code_size):
    return _linear(img_shape, code_size, decode="tanh")


@build_pca_autoencoder.mistake(
    "The decoder gives flat rows: reshape them to images, the counterpart of the encoder's flatten."
)
def flat_rows(img_shape, code_size):
    return _linear(img_shape, code_size, flat_images=True)


@build_pca_autoencoder.mistake(
    "The images aren't flattened: a dense layer then works on each pixel's channels alone, and the "
    "code is a grid instead of one row an image."
)
def code_not_flattened(img_shape, code_size):
    encode = [keras.Input(img_shape), layers.Dense(code_size)]
    decode = [keras.Input((*img_shape[:2], code_size)), layers.Dense(img_shape[-1])]
    return keras.Sequential(encode), keras.Sequential(decode)


@build_pca_autoencoder.mistake(
    "The biases are missing: PCA subtracts a mean before it projects, and adds it afterwards."
)
def without_biases(img_shape, code_size):
    return _linear(img_shape, code_size, bias=False)


@build_pca_autoencoder.mistake("The decoder comes second in the pair, the encoder first.")
def pair_swapped(img_shape, code_size):
    return _linear(img_shape, code_size)[::-1]


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
