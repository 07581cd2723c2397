"""Check of `image_center_crop`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

image_center_crop = new_check(__name__)


@image_center_crop.mistake("You kept the corner at the top left; the square lies in the middle.")
def corner_crop(image):
    side = min(image.shape[:2])
    return image[:side, :side]


@image_center_crop.mistake("Rows come first: an image has the shape (height, width, channels).")
def width_first(image):
    width, height = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : top + side, left : left + side]


@image_center_crop.mistake(
    "Where an odd number has to go, one more is cut at the bottom or on the right; you rounded up."
)
def remainder_at_the_start(image):
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side + 1) // 2, (width - side + 1) // 2
    return image[top : top + side, left : left + side]


@image_center_crop.mistake("You cut the same border on both sides; an odd remainder is left over.")
def same_border(image):
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : height - top, left : width - left]


@image_center_crop.mistake("You cut wide images only; a high one loses rows.")
def wide_only(image):
    height, width = image.shape[:2]
    left = max(0, width - height) // 2
    return image[:, left : left + height]


@image_center_crop.mistake("You squeezed the image into a square; cut it, so that shapes stay.")
def squeezed(image):
    side = min(image.shape[:2])
    rows = np.arange(side) * image.shape[0] // side
    columns = np.arange(side) * image.shape[1] // side
    return image[rows][:, columns]


@image_center_crop.alternative
def one_side_at_a_time(image):
    extra = image.shape[0] - image.shape[1]
    if extra > 0:
        return image[extra // 2 : extra // 2 + image.shape[1]]
    return image[:, -extra // 2 : -extra // 2 + image.shape[0]]


@image_center_crop.alternative
def by_deleting(image):
    height, width = image.shape[:2]
    side = min(height, width)
    for axis, length in enumerate((height, width)):
        first = (length - side) // 2
        image = np.delete(image, [*range(first), *range(first + side, length)], axis=axis)
    return image
