"""Check of `max_pool_naive`: the largest value of each window, and which windows there are."""

import keras
import numpy as np

from ..check import new_check
from ._wrong_pools import ROWS

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


max_pool_naive.add_mistakes(by_sliding_windows, ROWS)


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
