"""Check of `image_center_crop`: which square is cut, also where the rest is odd."""

import keras
import numpy as np

from ..check import new_check
from ._wrong_crops import ROWS

image_center_crop = new_check(__name__)


def _crop(
    image, first=lambda rest: rest // 2, side_of=min, swapped=False, same_border=False,
    top_of=None, left_of=None, finish=lambda square: square, cut_to=lambda side: side,
    lengths=lambda image: image.shape[:2],
):  # fmt: skip
    """first: function from the number of rows or columns that go to how many go before. top_of,
    left_of: such functions of rows or columns alone. side_of: function of height and width."""
    height, width = lengths(image)[::-1] if swapped else lengths(image)
    side = cut_to(side_of(height, width))
    top = (top_of or first)(height - side)
    left = (left_of or first)(width - side)
    if same_border:
        return finish(image[top : height - top, left : width - left])
    return finish(image[top : top + side, left : left + side])


SQUEEZED = "You squeezed the image into a square; crop it, so that shapes are kept."
image_center_crop.add_mistakes(_crop, ROWS)


@image_center_crop.mistake(
    "The square's side is the smaller of height and width; yours is the smallest number of the "
    "shape, which is that of the channels: `min(image.shape[:2])`."
)
def smallest_of_all(image):
    return _crop(image, cut_to=lambda side: min(side, image.shape[2]))


@image_center_crop.mistake(
    "The side and the middle are halved by themselves, and each is rounded down, which shifts the "
    "square: halve the number of rows or columns that go, (height − side) // 2."
)
def from_the_middle(image):
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = height // 2 - side // 2, width // 2 - side // 2
    return image[top : top + side, left : left + side]


@image_center_crop.mistake(
    "A slice that ends at −0 is empty: where nothing has to go, nothing remains. Count from the "
    "start, `image[top : top + side]`."
)
def ends_at_minus_zero(image, first=lambda rest: rest // 2, last=lambda rest: rest // 2):
    height, width = image.shape[:2]
    down, across = (length - min(height, width) for length in (height, width))
    return image[first(down) : -last(down), first(across) : -last(across)]


@image_center_crop.mistake(
    "A slice that ends at −0 is empty: where nothing has to go, nothing remains. Say where the "
    "slice ends by `top + side`."
)
def ends_at_minus_the_rest(image):
    return ends_at_minus_zero(image, last=lambda rest: rest - rest // 2)


@image_center_crop.mistake("You cut only wide images; a tall one must lose rows.")
def wide_only(image):
    height, width = image.shape[:2]
    left = max(0, width - height) // 2
    return image[:, left : left + height]


@image_center_crop.mistake("You cut only tall images; a wide one must lose columns.")
def tall_only(image):
    height, width = image.shape[:2]
    top = max(0, height - width) // 2
    return image[top : top + width]


@image_center_crop.mistake(SQUEEZED)
def squeezed(image):
    side = min(image.shape[:2])
    rows = np.arange(side) * image.shape[0] // side
    columns = np.arange(side) * image.shape[1] // side
    return image[rows][:, columns]


def _by_places(image, places=lambda length, side: np.linspace(0, length - 1, side)):
    """Keep single rows and columns at these places."""
    side = min(image.shape[:2])
    rows, columns = (places(length, side).astype(int) for length in image.shape[:2])
    return image[rows][:, columns]


def _resized(image, method, dtype=None, first=None):
    side, image = min(image.shape[:2]), image.astype(first or image.dtype)
    resized = keras.ops.image.resize(image, (side, side), method, data_format="channels_last")
    resized = keras.ops.convert_to_numpy(resized)
    return resized.astype(dtype or image.dtype)


def _in_middles(length, side):
    return (np.arange(side) + 0.5) * length / side


image_center_crop.add_mistakes(_by_places, [(SQUEEZED, {}), (SQUEEZED, {"places": _in_middles})])
image_center_crop.add_mistakes(
    _resized,
    [
        (SQUEEZED, {"method": method, "dtype": dtype, "first": dtype})
        for method in ("bilinear", "nearest")
        for dtype in (None, "float32")
    ],
)


@image_center_crop.mistake("The image came back as it was: cut a square out of its middle.")
def uncut(image):
    return image


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
