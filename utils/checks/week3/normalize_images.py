"""Check of `normalize_images`: points, the mistakes people make, sound variants."""

import keras
import numpy as np
from keras import layers

from ..check import new_check

normalize_images = new_check(__name__, rtol=1e-5, atol=1e-6)


@normalize_images.witness("Keras's Rescaling")
def rescaling(images):
    return keras.ops.convert_to_numpy(layers.Rescaling(1 / 255, -0.5)(images))


@normalize_images.mistake(
    "The shift is missing: subtract 0.5, so that the numbers lie around zero."
)
def from_zero_to_one(images):
    return images.astype("float32") / 255


@normalize_images.mistake("The range is −0.5 to 0.5; yours is −1 to 1.")
def from_minus_one(images):
    return images.astype("float32") / 127.5 - 1


@normalize_images.mistake("Divide by 255, the largest value of a byte, not by 256.")
def by_256(images):
    return images.astype("float32") / 256 - 0.5


@normalize_images.mistake(
    "You divided bytes by a whole number of times: `//` leaves only 0 and 1. Use `/`."
)
def whole_division(images):
    return (images // 255).astype("float32") - 0.5


@normalize_images.mistake(
    "You subtracted the mean of these images; then an image's numbers depend on its neighbours."
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
