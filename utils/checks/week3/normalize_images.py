"""Check of `normalize_images`: the divisor, the shift, and the dtype."""

import keras
import numpy as np
from keras import layers

from ..check import new_check

normalize_images = new_check(__name__, rtol=1e-5, atol=1e-6)


@normalize_images.witness("Keras's Rescaling")
def rescaling(images):
    return keras.ops.convert_to_numpy(layers.Rescaling(1 / 255, -0.5)(images))


def _scaled(
    images, divisor=255, shift=0.5, before=0, divide=np.true_divide, dtype="float32",
    factor=1, result=None,
):  # fmt: skip
    """before: what is subtracted before the division. dtype: that of the pixels first."""
    numbers = factor * (divide(images.astype(dtype) - before, divisor) - shift)
    return numbers.astype(result or "float32")


def _by(images, center=lambda x, **_: 0, width=lambda x, **_: 1, shift=0.0, axis=None):
    """center, width: functions of the images themselves that shift and scale them."""
    images = images.astype("float32") / 255
    if not images.size:
        return images
    options = {"axis": axis, "keepdims": True} if axis else {}
    return (images - center(images, **options)) / width(images, **options) - shift


def _range(x, **options):
    return x.max(**options) - x.min(**options)


DEPENDS = "then an image's numbers depend on the others."
INTEGERS = "You used integer division: `//` leaves only 0 and 1. Use `/`."
WRAPS = (
    "You subtracted from bytes, which can't be negative, so they wrap around: make floats of "
    "them first."
)
normalize_images.add_mistakes(
    _scaled,
    [
        (
            "The shift is missing: subtract 0.5, so that the numbers lie around zero.",
            {"shift": 0},
        ),
        ("The range is −0.5 to 0.5; yours is −1 to 1.", {"divisor": 127.5, "shift": 1}),
        ("Divide by 255, the largest value of a byte, not by 256.", {"divisor": 256}),
        (INTEGERS, {"divide": np.floor_divide}),
        (INTEGERS, {"divide": lambda x, divisor: np.floor_divide(x, np.uint8(255))}),
        (
            "You subtracted 0.5 from the bytes, before you divided: divide by 255 first.",
            {"before": 0.5, "shift": 0},
        ),
        (
            "You subtracted 128; the middle of 0 and 255 is 127.5.",
            {"before": 128, "shift": 0},
        ),
        (
            "You subtracted 128 and divided by 128, so the range is −1 to 1; it is −0.5 to 0.5.",
            {"before": 128, "divisor": 128, "shift": 0},
        ),
        (
            "You subtracted 127, as if it were the middle of 0 and 255; that is 127.5.",
            {"before": 127, "shift": 0},
        ),
        (
            "You divided by 127.5 and subtracted 0.5, so the range is −0.5 to 1.5: divide by 255.",
            {"divisor": 127.5},
        ),
        ("You subtracted 1, so the range is −1 to 0; subtract 0.5.", {"shift": 1}),
        ("You added 0.5; subtract it.", {"shift": -0.5}),
        ("You only subtracted the middle: divide by 255 too.", {"before": 127.5, "divisor": 1,
                                                                "shift": 0}),
        ("The division is missing: divide by 255 before you subtract 0.5.", {"divisor": 1}),
        ("The bytes came back as they were: divide by 255 and subtract 0.5.", {"divisor": 1,
                                                                               "shift": 0}),
        ("You multiplied by 255; divide by it.", {"divisor": 1 / 255}),
        ("The sign is wrong: black is −0.5, white 0.5.", {"factor": -1}),
        (
            "The result is float64; float32 is asked for, with which Keras computes: "
            "`.astype(\"float32\")`.",
            {"result": "float64"},
        ),
        (
            "The result is float16, half precision; float32 is asked for.",
            {"result": "float16"},
        ),
        (
            "You made integers of the numbers at the end, which cuts off their fractions: "
            "float32 is asked for.",
            {"result": "int64"},
        ),
        (
            "The result is cast to uint8, which has no fractions and nothing below zero: float32 "
            "is asked for.",
            {"result": "uint8"},
        ),
        (
            "You took the bytes for int8, so those above 127 became negative: make floats of them.",
            {"dtype": "int8"},
        ),
        (WRAPS, {"before": np.uint8(128), "dtype": "uint8", "shift": 0}),
        (WRAPS, {"before": np.uint8(127), "dtype": "uint8", "shift": 0}),
        (WRAPS, {"before": np.uint8(128), "dtype": "uint8", "shift": 0, "divisor": 128}),
        (WRAPS, {"before": np.uint8(128), "dtype": "uint8", "shift": 0, "divisor": 127}),
        (WRAPS, {"before": np.uint8(128), "dtype": "uint8", "shift": 0, "divisor": 256}),
        (WRAPS, {"before": np.uint8(127), "dtype": "uint8", "shift": 0, "divisor": 127}),
    ],
)  # fmt: skip

STANDARDISED = (
    "You standardised by mean and standard deviation of these images; divide by 255 and subtract "
    "0.5, whatever the images are."
)
LARGEST = (
    "You divided by the largest value of these images; the largest a byte can be is 255, even "
    "where no pixel is that bright."
)
EXTREMES = (
    "You stretched the images between their own darkest and brightest pixel; 0 and 255 are the "
    "ends, whatever the images are."
)
EACH = (1, 2, 3)
normalize_images.add_mistakes(
    _by,
    [
        ("You subtracted the mean of these images; " + DEPENDS, {"center": np.mean}),
        ("You subtracted the mean of each image, not 0.5.", {"center": np.mean, "axis": EACH}),
        (
            "You subtracted the mean of each channel, not 0.5; " + DEPENDS,
            {"center": np.mean, "axis": (0, 1, 2)},
        ),
        (
            "You subtracted the mean over the images at each pixel, not 0.5; " + DEPENDS,
            {"center": np.mean, "axis": (0,)},
        ),
        ("You subtracted the median of these images, not 0.5; " + DEPENDS, {"center": np.median}),
        (STANDARDISED, {"center": np.mean, "width": np.std}),
        (STANDARDISED, {"center": np.mean, "width": lambda x: x.std() + 1e-7}),
        (STANDARDISED, {"center": np.mean, "width": np.std, "axis": (0, 1, 2)}),
        (STANDARDISED, {"center": np.mean, "width": np.std, "axis": (0,)}),
        (STANDARDISED, {"center": np.mean, "width": np.std, "axis": EACH}),
        (LARGEST, {"width": np.max, "shift": 0.5}),
        (LARGEST, {"width": np.max, "shift": 0.5, "axis": EACH}),
        (LARGEST, {"width": np.max}),
        (EXTREMES, {"center": np.min, "width": _range, "shift": 0.5}),
        (EXTREMES, {"center": np.min, "width": _range}),
        (EXTREMES, {"center": np.min, "width": _range, "shift": 0.5, "axis": EACH}),
    ],
)


@normalize_images.alternative
def by_difference(images):
    return (np.asarray(images, dtype=np.float32) - 127.5) / 255


@normalize_images.alternative
def in_double_precision_first(images):
    return (images / 255 - 0.5).astype(np.float32)
