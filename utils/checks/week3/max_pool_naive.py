"""Check of `max_pool_naive`: points, the mistakes people make, sound variants."""

import keras
import numpy as np

from ..check import new_check

max_pool_naive = new_check(__name__)


@max_pool_naive.witness("Keras")
def keras_pooling(x, size=2):
    return keras.ops.convert_to_numpy(keras.ops.max_pool(x, size, size, "valid"))


def _windows(x, size, step):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))
    return windows[:, ::step, ::step]


@max_pool_naive.mistake("This is average pooling; take the largest value of each window.")
def average_pooling(x, size=2):
    return _windows(x, size, size).mean(axis=(-2, -1))


@max_pool_naive.mistake("Your windows overlap: the next one starts `size` pixels on.")
def overlapping(x, size=2):
    return _windows(x, size, 1).max(axis=(-2, -1))


@max_pool_naive.mistake("You took the largest over the channels too; each channel is on its own.")
def over_channels(x, size=2):
    return _windows(x, size, size).max(axis=(-2, -1)).max(axis=-1, keepdims=True)


@max_pool_naive.mistake(
    "You kept one pixel of each window (every second row and column); take the largest of them all."
)
def every_second(x, size=2):
    return _windows(x, size, size)[..., 0, 0]


@max_pool_naive.mistake(
    "You started from zero, so a window of negative values gives 0, not its own."
)
def started_from_zero(x, size=2):
    return np.maximum(_windows(x, size, size).max(axis=(-2, -1)), 0)


@max_pool_naive.mistake("The windows are size × size; yours are 2×2 whatever `size` says.")
def always_two(x, size=2):
    return _windows(x, 2, 2).max(axis=(-2, -1))


@max_pool_naive.alternative
def by_loops(x, size=2):
    n, height, width, channels = x.shape
    result = np.zeros((n, height // size, width // size, channels))
    for i in range(height // size):
        for j in range(width // size):
            window = x[:, i * size : (i + 1) * size, j * size : (j + 1) * size]
            result[:, i, j] = window.max(axis=(1, 2))
    return result


@max_pool_naive.alternative
def by_sliding_windows(x, size=2):
    return np.max(_windows(x, size, size), axis=(-2, -1))
