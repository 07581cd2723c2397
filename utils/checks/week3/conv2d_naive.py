"""Check of `conv2d_naive`: points, the mistakes people make, sound variants."""

import keras
import numpy as np

from ..check import new_check

conv2d_naive = new_check(__name__, points=2)


@conv2d_naive.witness("Keras")
def keras_convolution(x, kernel, bias, stride=1, padding="same"):
    return keras.ops.convert_to_numpy(keras.ops.conv(x, kernel, stride, padding)) + bias


def _zeros_around(x, kernel, stride, padding, first="less"):
    """Return the image with its zeros; first: where the odd row of zeros goes."""
    widths = [(0, 0)]
    for size, k in zip(x.shape[1:3], kernel.shape):
        total = max((-(-size // stride) - 1) * stride + k - size, 0) if padding == "same" else 0
        less = total // 2
        widths.append((less, total - less) if first == "less" else (total - less, less))
    return np.pad(x, [*widths, (0, 0)])


def _slide(x, kernel, stride):
    """Return the sums of window · kernel for all windows that fit."""
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], (1, 2))
    return np.einsum("nhwcij,ijcf->nhwf", windows[:, ::stride, ::stride], kernel)


@conv2d_naive.mistake("The bias is missing: add one number a filter.")
def without_bias(x, kernel, bias, stride=1, padding="same"):
    return _slide(_zeros_around(x, kernel, stride, padding), kernel, stride)


@conv2d_naive.mistake(
    "You flipped the kernel. Mathematicians' convolution does; a network's doesn't, for it learns "
    "the kernel anyway."
)
def flipped(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, stride, padding)
    return _slide(x, kernel[::-1, ::-1], stride) + bias


@conv2d_naive.mistake(
    "With a stride you padded as without one: there must be ⌈H / stride⌉ windows, with the fewest "
    "zeros that do. The last window, not the first row, decides how many."
)
def padded_as_with_stride_one(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, 1, padding)
    return _slide(x, kernel, stride) + bias


@conv2d_naive.mistake("The odd row or column of zeros goes below and to the right, not before.")
def odd_zeros_first(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, stride, padding, first="more")
    return _slide(x, kernel, stride) + bias


@conv2d_naive.mistake("The stride is not used: windows start every `stride` pixels.")
def no_stride(x, kernel, bias, stride=1, padding="same"):
    return _slide(_zeros_around(x, kernel, 1, padding), kernel, 1) + bias


@conv2d_naive.mistake("padding='valid' means no zeros at all: only windows that fit.")
def always_same(x, kernel, bias, stride=1, padding="same"):
    return _slide(_zeros_around(x, kernel, stride, "same"), kernel, stride) + bias


@conv2d_naive.mistake("padding='same' puts zeros around the image, so that it keeps its size.")
def always_valid(x, kernel, bias, stride=1, padding="same"):
    return _slide(x, kernel, stride) + bias


@conv2d_naive.mistake("You averaged over the channels; their products are summed.")
def mean_of_channels(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, stride, padding)
    return _slide(x, kernel, stride) / kernel.shape[2] + bias


@conv2d_naive.mistake("This is with a ReLU; the activation is another layer's work.")
def with_relu(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, stride, padding)
    return np.maximum(_slide(x, kernel, stride) + bias, 0)


@conv2d_naive.alternative
def by_windows(x, kernel, bias, stride=1, padding="same"):
    return _slide(_zeros_around(x, kernel, stride, padding), kernel, stride) + bias


@conv2d_naive.alternative
def by_shifted_images(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, stride, padding)
    height, width = kernel.shape[:2]
    rows, columns = (x.shape[1] - height) // stride + 1, (x.shape[2] - width) // stride + 1
    result = np.zeros((len(x), rows, columns, kernel.shape[3])) + bias
    for i in range(height):
        for j in range(width):
            part = x[:, i : i + rows * stride : stride, j : j + columns * stride : stride]
            result += part[:, :rows, :columns] @ kernel[i, j]
    return result


@conv2d_naive.alternative
def by_seven_loops(x, kernel, bias, stride=1, padding="same"):
    x = _zeros_around(x, kernel, stride, padding)
    height, width, _, filters = kernel.shape
    rows, columns = (x.shape[1] - height) // stride + 1, (x.shape[2] - width) // stride + 1
    result = np.zeros((len(x), rows, columns, filters))
    for n, i, j, f in np.ndindex(result.shape):
        window = x[n, i * stride : i * stride + height, j * stride : j * stride + width]
        result[n, i, j, f] = (window * kernel[..., f]).sum() + bias[f]
    return result
