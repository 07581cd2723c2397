"""Check of `build_pca_autoencoder`: two linear layers with biases, and their shapes."""

import math

import keras
import numpy as np
from keras import layers, ops

from ..check import new_check
from ..probes.week4._autoencoders import DECODER, ENCODER
from ._autoencoders import SIZES


def _number_of_arrays(name):
    def sentence(ours, _):
        if ours == 1:
            return f"The bias of {name}'s dense layer is missing: each layer has one."
        if ours == 0:
            return f"There is no layer with weights in {name}; it is one dense layer."
        return (
            f"There is more than one layer with weights in {name}; it is one dense layer, with a "
            "bias, and nothing else that learns."
        )

    return sentence


def _shapes(name):
    def sentence(ours, theirs):
        our, their = (shapes[0].split("×")[0] if shapes else "no" for shapes in (ours, theirs))
        if name == ENCODER and our != their:
            return (
                f"The encoder's dense layer sees {our} numbers at a time, and an image has "
                f"{their}: flatten it before the dense layer."
            )
        right, yours = (" and ".join(shapes) for shapes in (theirs, ours))
        return f"The weights of {name}'s dense layer should be {right}; yours are {yours}."

    return sentence


build_pca_autoencoder = new_check(
    __name__,
    sentences=SIZES
    | {f"arrays of weights in {name}": _number_of_arrays(name) for name in (ENCODER, DECODER)}
    | {f"their shapes in {name}": _shapes(name) for name in (ENCODER, DECODER)},
)


def _linear(
    img_shape, code_size, encode=None, decode=None, biases=(True, True), swapped=False,
    code_end=None,
):  # fmt: skip
    """Return the pair. encode, decode: activations. code_end: a layer behind the code."""
    encoder = keras.Sequential([keras.Input(img_shape), layers.Flatten()])
    encoder.add(layers.Dense(code_size, activation=encode, use_bias=biases[0]))
    if code_end:
        encoder.add(code_end())
    decoder = keras.Sequential([keras.Input((code_size,))])
    decoder.add(layers.Dense(math.prod(img_shape), activation=decode, use_bias=biases[1]))
    decoder.add(layers.Reshape(img_shape))
    return (decoder, encoder) if swapped else (encoder, decoder)


ON_CODE = "There is an activation on the code; with it the code isn't linear."
ON_IMAGES = "There is an activation on the decoder's images; leave it out, as pixels have any sign."
build_pca_autoencoder.add_mistakes(
    _linear,
    [(ON_CODE, {"encode": name}) for name in ("relu", "elu", "tanh", "sigmoid", "softmax")]
    + [(ON_IMAGES, {"decode": name}) for name in ("tanh", "sigmoid", "relu", "elu", "softmax")]
    + [
        (
            "The biases are missing: PCA subtracts a mean before projecting, and adds it back.",
            {"biases": (False, False)},
        ),
        (
            "The pair is swapped: the encoder comes first, then the decoder.",
            {"swapped": True},
        ),
        (
            "There is a batch norm behind the code's dense layer: leave it out, one dense layer is "
            "all.",
            {"code_end": layers.BatchNormalization},
        ),
        (
            "There is a layer norm behind the code's dense layer, which isn't linear: leave it "
            "out.",
            {"code_end": layers.LayerNormalization},
        ),
    ],
)


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
