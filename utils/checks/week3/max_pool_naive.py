"""Check of `max_pool_naive`: the largest value of each window, and which windows there are."""

import keras
import numpy as np

from ..check import new_check

max_pool_naive = new_check(__name__)


@max_pool_naive.witness("Keras")
def keras_pooling(x, size=2):
    return keras.ops.convert_to_numpy(keras.ops.max_pool(x, size, size, "valid"))


def _largest(windows):
    return windows.max(axis=(-2, -1))


@max_pool_naive.alternative
def by_sliding_windows(
    x, size=2, pool=_largest, step=None, fixed_size=None, first=lambda rest: 0,
    finish=lambda result: result, crop=True,
):  # fmt: skip
    """pool: function from windows, (n, h, w, channels, size, size), to a number for each. first:
    function from the number of rows left over to the row at which the first window starts."""
    size = fixed_size or size
    top, left = (first(length % size) for length in x.shape[1:3])
    windows = np.lib.stride_tricks.sliding_window_view(x[:, top:, left:], (size, size), (1, 2))
    chosen = windows[:, :: step or size, :: step or size]
    rows, columns = (length // size for length in x.shape[1:3])
    return finish(pool(chosen[:, :rows, :columns] if crop else chosen))


@max_pool_naive.alternative
def by_loops(x, size=2):
    n, height, width, channels = x.shape
    result = np.zeros((n, height // size, width // size, channels))
    for i in range(height // size):
        for j in range(width // size):
            window = x[:, i * size : (i + 1) * size, j * size : (j + 1) * size]
            result[:, i, j] = window.max(axis=(1, 2))
    return result


def _of_magnitude(windows):
    flat = windows.reshape(*windows.shape[:4], -1)
    return np.take_along_axis(flat, abs(flat).argmax(-1)[..., None], -1)[..., 0]


OVERLAP = "Your windows overlap: the next one starts `size` pixels further on."
ONE_PIXEL = (
    "You kept one pixel of each window (every second row and column); take the largest of them all."
)
CHANNELS = "You took the largest over the channels too; each channel is pooled separately."
TOP_LEFT = (
    "What is left over is dropped at the bottom and at the right; you dropped it at the top and at "
    "the left."
)
max_pool_naive.add_mistakes(
    by_sliding_windows,
    [
        (
            "This is average pooling; take the largest value of each window.",
            {"pool": lambda windows: windows.mean(axis=(-2, -1))},
        ),
        (
            "You took the smallest value of each window; the largest is asked for.",
            {"pool": lambda windows: windows.min(axis=(-2, -1))},
        ),
        (
            "You summed each window; take its largest value.",
            {"pool": lambda windows: windows.sum(axis=(-2, -1))},
        ),
        (
            "You took the median of each window; take its largest value.",
            {"pool": lambda windows: np.median(windows, axis=(-2, -1))},
        ),
        (
            "You took where in the window the largest value is; take the value, `max`.",
            {"pool": lambda w: w.reshape(*w.shape[:4], -1).argmax(-1)},
        ),
        (OVERLAP, {"step": 1, "crop": False}),
        (
            "The result has the right size, but your windows start every pixel and overlap: "
            "window i starts at i · size.",
            {"step": 1},
        ),
        (
            "Your windows always start 2 pixels further on; they start `size` further on.",
            {"step": 2, "crop": False},
        ),
        (CHANNELS, {"pool": lambda windows: windows.max(axis=(-3, -2, -1))[..., None]}),
        (CHANNELS, {"pool": lambda windows: windows.max(axis=(-3, -2, -1))}),
        (
            CHANNELS,
            {"pool": lambda w: np.broadcast_to(w.max(axis=(3, 4, 5))[..., None], w.shape[:4])},
        ),
        (ONE_PIXEL, {"pool": lambda windows: windows[..., 0, 0]}),
        (
            "You kept the last pixel of each window; take the largest of them all.",
            {"pool": lambda windows: windows[..., -1, -1]},
        ),
        (
            "You took the largest of each window's first column only: all its columns count.",
            {"pool": lambda windows: windows[..., :, 0].max(axis=-1)},
        ),
        (
            "You took the largest of each window's first row only: all its rows count.",
            {"pool": lambda windows: windows[..., 0, :].max(axis=-1)},
        ),
        (
            "You left out the last row and column of each window: a slice excludes its end, so it "
            "ends at the start + size.",
            {"pool": lambda windows: windows[..., :-1, :-1].max(axis=(-2, -1))},
        ),
        (
            "You took the largest of the diagonal of each window: all its pixels count.",
            {"pool": lambda windows: windows.diagonal(axis1=-2, axis2=-1).max(axis=-1)},
        ),
        (
            "You started from zero, so a window of negative values gives 0 instead of its own "
            "maximum.",
            {"pool": lambda windows: windows.max(axis=(-2, -1), initial=0)},
        ),
        (
            "You took the value that is furthest from zero; the largest is asked for, which may be "
            "a small one among negative numbers.",
            {"pool": _of_magnitude},
        ),
        (
            "You took the largest absolute value; the largest value itself is asked for.",
            {"pool": lambda windows: abs(windows).max(axis=(-2, -1))},
        ),
        ("The windows are size × size; yours are 2×2 whatever `size` says.", {"fixed_size": 2}),
        (TOP_LEFT, {"first": lambda rest: rest}),
        (
            "You dropped half of what is left over on each side; it is dropped at the bottom and "
            "at the right.",
            {"first": lambda rest: (rest + 1) // 2},
        ),
        (
            "You dropped half of what is left over on each side; it is dropped at the bottom and "
            "at the right.",
            {"first": lambda rest: rest // 2},
        ),
        (
            "Every image's result is that of the first image.",
            {"finish": lambda result: result[:1].repeat(len(result), 0)},
        ),
        (
            "Only the first image is pooled: the result has one row for each of the n images.",
            {"finish": lambda result: result[0]},
        ),
    ],
)


@max_pool_naive.mistake(
    "Rows and columns that are left over are dropped; you made windows of them, smaller ones."
)
def keeps_what_is_left_over(x, size=2):
    height, width = (-(-length // size) * size for length in x.shape[1:3])
    widths = ((0, 0), (0, height - x.shape[1]), (0, width - x.shape[2]), (0, 0))
    return by_sliding_windows(np.pad(x, widths, constant_values=-np.inf), size)


@max_pool_naive.mistake(
    "Rows and columns that are left over are dropped; you filled them up with zeros instead."
)
def fills_up_with_zeros(x, size=2):
    height, width = (-(-length // size) * size for length in x.shape[1:3])
    widths = ((0, 0), (0, height - x.shape[1]), (0, width - x.shape[2]), (0, 0))
    return by_sliding_windows(np.pad(x, widths), size)


ORDER = (
    "Your reshape puts together pixels that aren't neighbours: split the rows into (H // size, "
    "size), in this order, then the columns, and take the maximum over both axes of length size."
)


def _reshaped(x, size=2, row_first=True, column_first=True, axes=(2, 4)):
    """row_first: whether the number of windows comes before the pixels within one."""
    n, height, width, channels = x.shape
    rows, columns = height // size, width // size
    shape = [rows, size] if row_first else [size, rows]
    shape += [columns, size] if column_first else [size, columns]
    x = x[:, : rows * size, : columns * size].reshape(n, *shape, channels)
    return x.max(axis=axes)


max_pool_naive.add_mistakes(
    _reshaped,
    [
        (ORDER, {"row_first": False, "column_first": False, "axes": (1, 3)}),
        (ORDER, {"column_first": False, "axes": (2, 3)}),
        (ORDER, {"row_first": False, "axes": (1, 4)}),
        (
            "The maximum runs over the wrong axes of the reshaped array: over those within a "
            "window, which have length size, not over the windows.",
            {"axes": (1, 3)},
        ),
        (
            "The maximum runs over the rows within a window only: take it over its columns too.",
            {"axes": 2},
        ),
        (
            "The maximum runs over the columns within a window only: take it over its rows too.",
            {"axes": 4},
        ),
    ],
)


@max_pool_naive.mistake(
    ORDER.replace(
        "split", "with axes (…, H // size, W // size, size, size) it cuts elsewhere: split"
    )
)
def reshaped_at_once(x, size=2):
    n, height, width, channels = x.shape
    rows, columns = height // size, width // size
    x = x[:, : rows * size, : columns * size].reshape(n, rows, columns, size, size, channels)
    return x.max(axis=(3, 4))
