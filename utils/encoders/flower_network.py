"""A small network of inception blocks that has seen flowers of invented species."""

from ..datasets.encoders import Encoder, centred
from .stored import FOLDER, load_weights

SIDE = 96  # pixels, height and width
BLOCKS = ((12, 24), (24, 48), (32, 64), (48, 96))  # channels of the narrow and the wide branches
SOURCE = "flower encoder, trained by the course on drawn flowers of invented species"


def flower_encoder():
    """Return the course's own encoder of drawn flowers, as an Encoder.

    Its network goes from (n, 96, 96, 3), −1 to 1, to a grid (n, 6, 6, channels). It learned from
    flowers that are drawn as those of `tiny` are, of other species; `make_flowers.py` trained it.
    """
    return Encoder(_build, centred, SOURCE, weights=FOLDER / "flowers.npz")


def _build():
    return load_weights(flower_network(), "flowers")


def flower_network():
    """Return the encoder's network with random weights, a keras.Model."""
    import keras
    from keras import layers

    def convolve(x, filters, size, stride=1):
        x = layers.Conv2D(filters, size, strides=stride, padding="same", use_bias=False)(x)
        return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))

    images = keras.Input((SIDE, SIDE, 3))
    x = convolve(images, 16, 3, stride=2)
    x = convolve(layers.MaxPooling2D()(x), 32, 3)  # (n, 24, 24, 32)
    for number, (narrow, wide) in enumerate(BLOCKS):
        if number in (1, 3):
            x = layers.MaxPooling2D()(x)
        inner = convolve(x, narrow, 1)
        branches = [
            convolve(x, narrow, 1),
            convolve(inner, wide, 3),
            convolve(convolve(convolve(x, narrow, 1), narrow, 3), narrow, 3),
            convolve(layers.MaxPooling2D(3, strides=1, padding="same")(x), narrow, 1),
        ]
        x = layers.Concatenate(name=f"block{number + 1}")(branches)
    return keras.Model(images, x)
