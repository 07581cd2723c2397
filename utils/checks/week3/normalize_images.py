"""Check of `normalize_images`: the divisor, the shift, and the dtype."""

import keras
import numpy as np
from keras import layers

from ..check import new_check

normalize_images = new_check(__name__, rtol=1e-5, atol=1e-6)


@normalize_images.witness("Keras's Rescaling")
def rescaling(images):
    return keras.ops.convert_to_numpy(layers.Rescaling(1 / 255, -0.5)(images))


def _scaled(images, divisor=255, shift=0.5, divide=np.true_divide):
    return divide(images.astype("float32"), divisor) - shift


normalize_images.add_mistakes(
    _scaled,
    {
        "The shift is missing: subtract 0.5, so that the numbers lie around zero.": {"shift": 0},
        "The range is −0.5 to 0.5; yours is −1 to 1.": {"divisor": 127.5, "shift": 1},
        "Divide by 255, the largest value of a byte, not by 256.": {"divisor": 256},
        "You used integer division: `//` leaves only 0 and 1. Use `/`.": {
            "divide": np.floor_divide
        },
    },
)


@normalize_images.mistake(
    "You subtracted the mean of these images; then an image's numbers depend on the others."
)
def mean_subtracted(images):
    images = images.astype("float32") / 255
    return images - (images.mean() if images.size else 0)


@normalize_images.alternative
def by_difference(images):
    return (np.asarray(images, dtype=np.float32) - 127.5) / 255


@normalize_images.alternative
def in_double_precision(images):
    return images / 255 - 0.5
