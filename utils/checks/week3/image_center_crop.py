"""Check of `image_center_crop`: which square is cut, also where the rest is odd."""

import numpy as np

from ..check import new_check

image_center_crop = new_check(__name__)


def _crop(image, first=lambda rest: rest // 2, height_first=True, same_border=False):
    """first: function from the number of rows or columns to cut to how many go before."""
    height, width = image.shape[:2] if height_first else image.shape[1::-1]
    side = min(height, width)
    top, left = first(height - side), first(width - side)
    if same_border:
        return image[top : height - top, left : width - left]
    return image[top : top + side, left : left + side]


image_center_crop.add_mistakes(
    _crop,
    {
        "You kept the top-left corner; the square lies in the middle.": {"first": lambda rest: 0},
        "Rows come first: an image has the shape (height, width, channels).": {
            "height_first": False
        },
        "Where an odd number of rows or columns has to go, one more is cut at the bottom or "
        "on the right; you rounded up.": {"first": lambda rest: (rest + 1) // 2},
        "You cut the same border on both sides; an odd remainder is left over.": {
            "same_border": True
        },
    },
)


@image_center_crop.mistake("You cut only wide images; a tall one must lose rows.")
def wide_only(image):
    height, width = image.shape[:2]
    left = max(0, width - height) // 2
    return image[:, left : left + height]


@image_center_crop.mistake(
    "You squeezed the image into a square; crop it, so that shapes are kept."
)
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
