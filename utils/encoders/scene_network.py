"""Two small networks that see the drawn scenes: one their colours, the other their shapes."""

from ..datasets.encoders import Encoder, centred
from .stored import FOLDER, load_weights

SIDE = 64  # pixels, height and width
COLOURS, SHAPES = 6, 8  # channels: what each network answers; shapes and, last, two sizes
SOFT = 4  # divides answers before they become shares: so they also tell what is alike
SOURCE = "scene encoder, trained by the course on drawn scenes"


def scene_encoder():
    """Return the course's own encoder of drawn scenes, as an Encoder.

    Its network goes from (n, 64, 64, 3), −1 to 1, to a grid (n, 8, 8, 14): six colours, then six
    shapes and two sizes, each in alphabetical order, from 0 to 1. `make_scenes.py` trained it.

    SOFT is for week 6's decoder with one vector. In `tiny`, with seeds 0 and 1, it named no pair
    that training hadn't shown at SOFT = 1, and 0.52 and 0.41 of them at 4 (BLEU-4 of greedy
    search 0.21 and 0.15, against 0.32 and 0.32). With attention it makes next to no difference:
    0.91 and 0.84, against 0.89 and 0.89.
    """
    return Encoder(_build, centred, SOURCE, weights=FOLDER / "scenes.npz")


def _build():
    return load_weights(scene_network(), "scenes")


def scene_network():
    """Return the encoder's network with random weights, a keras.Model."""
    import keras
    from keras import layers

    images = keras.Input((SIDE, SIDE, 3))
    colours = keras.Sequential(colour_eye(), name="colours")
    shapes = keras.Sequential(shape_eye(), name="shapes")
    shapes = layers.MaxPooling2D(3, strides=1, padding="same")(shapes(images))  # and beside it
    both = layers.Rescaling(1 / SOFT)(layers.Concatenate()([colours(images), shapes]))
    return keras.Model(images, layers.Activation("sigmoid")(both))


def colour_eye():
    """Return the layers that tell colours at each of 8×8 places, from a few pixels at a time."""
    from keras import layers

    return [
        layers.AveragePooling2D(4),
        layers.Conv2D(32, 1, activation="relu"),
        layers.Conv2D(32, 1, activation="relu"),
        layers.Conv2D(COLOURS, 1),
        layers.MaxPooling2D(2),
    ]


def shape_eye():
    """Return the layers that tell shapes and sizes at each of 8×8 places."""
    from keras import layers

    parts = [layers.Conv2D(24, 5, strides=2, padding="same", use_bias=False)]
    for filters, pool in ((32, 2), (64, 2), (96, 1)):
        parts += [
            layers.MaxPooling2D(pool),
            layers.BatchNormalization(momentum=0.9),
            layers.ReLU(),
            layers.Conv2D(filters, 3, padding="same", use_bias=False),
        ]
    return [
        *parts,
        layers.BatchNormalization(momentum=0.9),
        layers.ReLU(),
        layers.Conv2D(SHAPES, 1),
    ]
