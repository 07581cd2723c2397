"""Check of `image_center_crop`: which square is cut, also where the rest is odd."""

import keras
import numpy as np

from ..check import new_check

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


ANOTHER_DTYPE = "The result has floats of another dtype than the image: it keeps the image's dtype."
SQUEEZED = "You squeezed the image into a square; crop it, so that shapes are kept."
image_center_crop.add_mistakes(
    _crop,
    [
        ("You kept the top-left corner; the square lies in the middle.", {"first": lambda r: 0}),
        (
            "All that goes is cut at the top or on the left: you kept the bottom-right corner; the "
            "square lies in the middle, so halve what goes.",
            {"first": lambda rest: rest},
        ),
        (
            "Rows come first: an image has the shape (height, width, channels).",
            {"swapped": True},
        ),
        (
            "Where an odd number of rows or columns has to go, one more is cut at the bottom or "
            "on the right; you rounded up.",
            {"first": lambda rest: (rest + 1) // 2},
        ),
        (
            "Python's `round` takes halves to the even number, so 1.5 becomes 2: round down, `//`.",
            {"first": lambda rest: round(rest / 2)},
        ),
        (
            "You cut the same border on both sides; an odd remainder is left over.",
            {"same_border": True},
        ),
        (
            "You cut the same border on both sides, rounded up; of an odd remainder that takes one "
            "row or column too many.",
            {"same_border": True, "first": lambda rest: (rest + 1) // 2},
        ),
        (
            "You cut a quarter of what has to go at the top or on the left; cut half of it.",
            {"first": lambda rest: rest // 4},
        ),
        ("The square starts one row and column too late.", {"first": lambda r: r // 2 + 1}),
        ("The square is one row and column too small.", {"cut_to": lambda side: side - 1}),
        (
            "The square is as large as the shorter side; where that is odd, yours is one smaller: "
            "half a side, rounded down, was taken twice.",
            {"cut_to": lambda side: side // 2 * 2},
        ),
        (
            "The square is as large as the shorter side; yours is half of that.",
            {"cut_to": lambda side: side // 2},
        ),
        (
            "You took the longer side for the square, which the image doesn't have both ways: take "
            "the shorter one, min.",
            {"side_of": max},
        ),
        (
            "You cut columns in the middle, but rows at the bottom only: both lie in the middle.",
            {"top_of": lambda rest: 0},
        ),
        (
            "You cut rows in the middle, but columns on the right only: both lie in the middle.",
            {"left_of": lambda rest: 0},
        ),
        (
            "The result is transposed: rows stay rows.",
            {"finish": lambda square: square.swapaxes(0, 1)},
        ),
        (
            "The channels are lost: the result has the shape (S, S, C).",
            {"finish": lambda square: square[..., 0]},
        ),
        (
            ANOTHER_DTYPE,
            {"finish": lambda square: square.astype("float32")},
        ),
        (
            ANOTHER_DTYPE,
            {"finish": lambda square: square.astype("float64")},
        ),
        (
            "The pixels are divided by 255; they should stay as they are.",
            {"finish": lambda square: square / 255},
        ),
        (
            "The image is mirrored left to right; it should stay as it is.",
            {"finish": lambda square: square[:, ::-1]},
        ),
        (
            "The image is turned upside down; it should stay as it is.",
            {"finish": lambda square: square[::-1]},
        ),
    ],
)


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
