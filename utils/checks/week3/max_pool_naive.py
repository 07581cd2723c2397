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
def by_sliding_windows(x, size=2, pool=_largest, step=None, fixed_size=None):
    """pool: function from windows, (n, h, w, channels, size, size), to a number for each."""
    size = fixed_size or size
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))
    step = step or size
    return pool(windows[:, ::step, ::step])


@max_pool_naive.alternative
def by_loops(x, size=2):
    n, height, width, channels = x.shape
    result = np.zeros((n, height // size, width // size, channels))
    for i in range(height // size):
        for j in range(width // size):
            window = x[:, i * size : (i + 1) * size, j * size : (j + 1) * size]
            result[:, i, j] = window.max(axis=(1, 2))
    return result


max_pool_naive.add_mistakes(
    by_sliding_windows,
    {
        "This is average pooling; take the largest value of each window.": {
            "pool": lambda windows: windows.mean(axis=(-2, -1))
        },
        "Your windows overlap: the next one starts `size` pixels further on.": {"step": 1},
        "You took the largest over the channels too; each channel is pooled separately.": {
            "pool": lambda windows: windows.max(axis=(-3, -2, -1))[..., None]
        },
        "You kept one pixel of each window (every second row and column); take the largest of "
        "them all.": {"pool": lambda windows: windows[..., 0, 0]},
        "You started from zero, so a window of negative values gives 0 instead of its own "
        "maximum.": {"pool": lambda windows: windows.max(axis=(-2, -1), initial=0)},
        "The windows are size × size; yours are 2×2 whatever `size` says.": {"fixed_size": 2},
    },
)
