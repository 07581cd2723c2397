"""Check of `conv2d_naive`: windows, strides, where the zeros go, and the bias."""

import keras
import numpy as np

from ..check import new_check

conv2d_naive = new_check(__name__, points=2)


@conv2d_naive.witness("Keras")
def keras_convolution(x, kernel, bias, stride=1, padding="same"):
    return keras.ops.convert_to_numpy(keras.ops.conv(x, kernel, stride, padding)) + bias


def _zeros_around(x, kernel, stride, padding, odd_last=True):
    """Return the images with their zeros; odd_last: whether an odd row goes below, not above."""
    widths = [(0, 0)]
    for size, k in zip(x.shape[1:3], kernel.shape):
        total = max((-(-size // stride) - 1) * stride + k - size, 0) if padding == "same" else 0
        less = total // 2
        widths.append((less, total - less) if odd_last else (total - less, less))
    return np.pad(x, [*widths, (0, 0)])


@conv2d_naive.alternative
def by_windows(
    x, kernel, bias, stride=1, padding="same", fixed_stride=None, fixed_padding=None,
    stride_of_zeros=None, odd_last=True, flipped=False, has_bias=True,
):  # fmt: skip
    """fixed_…: what is used whatever the argument says."""
    stride, padding = fixed_stride or stride, fixed_padding or padding
    x = _zeros_around(x, kernel, stride_of_zeros or stride, padding, odd_last)
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], (1, 2))
    kernel = kernel[::-1, ::-1] if flipped else kernel
    sums = np.einsum("nhwcij,ijcf->nhwf", windows[:, ::stride, ::stride], kernel)
    return sums + bias if has_bias else sums


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


conv2d_naive.add_mistakes(
    by_windows,
    {
        "The bias is missing: add one number per filter.": {"has_bias": False},
        "You flipped the kernel. Convolution in mathematics does; in a network it doesn't, "
        "since the kernel is learned anyway.": {"flipped": True},
        "With a stride, you padded as you would without one: there must be ⌈H / stride⌉ "
        "windows, with as few zeros as possible. The last window, not the first row, decides "
        "how many.": {"stride_of_zeros": 1},
        "The odd row or column of zeros goes below or to the right, not above or to the left.": {
            "odd_last": False
        },
        "The stride is not used: windows start every `stride` pixels.": {"fixed_stride": 1},
        "padding='valid' means no zeros at all: only windows that fit.": {"fixed_padding": "same"},
        "padding='same' puts zeros around the image, so that it keeps its size.": {
            "fixed_padding": "valid"
        },
    },
)


@conv2d_naive.mistake("You averaged over the channels; their products are summed.")
def mean_of_channels(x, kernel, bias, stride=1, padding="same"):
    return by_windows(x, kernel / kernel.shape[2], bias, stride, padding)


@conv2d_naive.mistake("You applied a ReLU; the activation is a separate layer's job.")
def with_relu(x, kernel, bias, stride=1, padding="same"):
    return np.maximum(by_windows(x, kernel, bias, stride, padding), 0)
