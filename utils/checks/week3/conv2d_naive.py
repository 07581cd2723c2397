"""Check of `conv2d_naive`: windows, strides, where the zeros go, and the bias."""

import keras
import numpy as np

from ..check import new_check
from ._wrong_zeros import ZEROS, fewest_zeros

conv2d_naive = new_check(__name__, points=2)


@conv2d_naive.witness("Keras")
def keras_convolution(x, kernel, bias, stride=1, padding="same"):
    return keras.ops.convert_to_numpy(keras.ops.conv(x, kernel, stride, padding)) + bias


def _zeros_around(
    x, kernel, stride, padding, zeros=fewest_zeros, mode="constant", same_both_ways=False
):
    widths = [(0, 0), (0, 0)]
    if padding == "same":
        lengths = kernel.shape[:1] * 2 if same_both_ways else kernel.shape[:2]
        widths = [zeros(size, k, stride) for size, k in zip(x.shape[1:3], lengths)]
    return np.pad(x, [(0, 0), *widths, (0, 0)], mode=mode)


def _sums(windows, kernel):
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernel)


@conv2d_naive.alternative
def by_windows(
    x, kernel, bias, stride=1, padding="same", fixed_stride=None, padding_used=lambda said: said,
    zeros=fewest_zeros, mode="constant", same_both_ways=False, kernel_used=lambda kernel: kernel,
    windows_used=None, finish=lambda sums, bias: sums + bias, x_used=lambda x: x,
):  # fmt: skip
    """windows_used: function of all windows and the stride, to those that count."""
    stride, padding = fixed_stride or stride, padding_used(padding)
    x = _zeros_around(x_used(x), kernel, stride, padding, zeros, mode, same_both_ways)
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[:2], (1, 2))
    chosen = windows_used or (lambda windows, stride: windows[:, ::stride, ::stride])
    return finish(_sums(chosen(windows, stride), kernel_used(kernel)), bias)


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


def _is_last(channels):
    return np.arange(channels) == channels - 1


def _places_without_stride(windows, stride):
    rows, columns = (-(-length // stride) for length in windows.shape[1:3])
    return windows[:, :rows, :columns]


def _all_but_the_last(windows, stride):
    return windows[:, ::stride, ::stride][:, :-1, :-1]


conv2d_naive.add_mistakes(by_windows, {said: {"zeros": zeros} for said, zeros in ZEROS.items()})

conv2d_naive.add_mistakes(
    by_windows,
    {
        "The bias is missing: add one number per filter.": {"finish": lambda sums, bias: sums},
        "You subtracted the bias; add it.": {"finish": lambda sums, bias: sums - bias},
        "You applied a ReLU; the activation is a separate layer's job.": {
            "finish": lambda sums, bias: np.maximum(sums + bias, 0)
        },
        "You flipped the kernel. Convolution in mathematics does; in a network it doesn't, "
        "since the kernel is learned anyway.": {"kernel_used": lambda kernel: kernel[::-1, ::-1]},
        "You flipped the kernel upside down; it stays as it is.": {
            "kernel_used": lambda kernel: kernel[::-1]
        },
        "You flipped the kernel left to right; it stays as it is.": {
            "kernel_used": lambda kernel: kernel[:, ::-1]
        },
        "The stride is not used: windows start every `stride` pixels.": {"fixed_stride": 1},
        "The stride is always 2 in your code; use the argument.": {"fixed_stride": 2},
        "The stride is used in one direction only: columns move by it too.": {
            "windows_used": lambda windows, stride: windows[:, ::stride]
        },
        "The stride is used in one direction only: rows move by it too.": {
            "windows_used": lambda windows, stride: windows[:, :, ::stride]
        },
        "The result has the right size, but its windows start every pixel: window i starts at "
        "i · stride.": {"windows_used": _places_without_stride},
        "There is a window too few down and across: between the first and the last place, both "
        "count, so add 1.": {"windows_used": _all_but_the_last},
        "padding='valid' means no zeros at all: only windows that fit.": {
            "padding_used": lambda said: "same"
        },
        "padding='same' puts zeros around the image, so that it keeps its size.": {
            "padding_used": lambda said: "valid"
        },
        "You exchanged 'same' and 'valid': with 'same', there are zeros.": {
            "padding_used": lambda said: "valid" if said == "same" else "same"
        },
        "You repeated the pixels at the edge; around the image there are zeros.": {"mode": "edge"},
        "You mirrored the image at its edge; around it there are zeros.": {"mode": "reflect"},
        "You wrapped the image around; around it there are zeros.": {"mode": "wrap"},
        "For the zeros to the left and right you took the kernel's height; its width counts.": {
            "same_both_ways": True
        },
        "You averaged over the channels; their products are summed.": {
            "kernel_used": lambda kernel: kernel / kernel.shape[2]
        },
        "You took the mean over the window; the products are summed.": {
            "kernel_used": lambda kernel: kernel / kernel[..., 0].size
        },
        "Only the first channel counts in your sums: sum over all channels.": {
            "kernel_used": lambda kernel: kernel * (np.arange(kernel.shape[2]) == 0)[:, None]
        },
        "Only the last channel counts in your sums: sum over all channels, and begin at 0 before "
        "the loop over them.": {
            "kernel_used": lambda kernel: kernel * _is_last(kernel.shape[2])[:, None]
        },
        "Every filter of yours uses the first kernel: filter f has `kernel[..., f]`.": {
            "kernel_used": lambda kernel: kernel[..., :1].repeat(kernel.shape[3], 3)
        },
        "Every image's result is that of the first image.": {
            "x_used": lambda x: x[:1].repeat(len(x), 0)
        },
        "You added the first filter's bias to all; each filter has its own.": {
            "finish": lambda sums, bias: sums + bias[0]
        },
        "You added the sum of all biases everywhere; each filter has its own.": {
            "finish": lambda sums, bias: sums + bias.sum()
        },
        "You multiplied by the bias; add it.": {"finish": lambda sums, bias: sums * bias},
    },
)  # fmt: skip


@conv2d_naive.mistake("The bias is added once for each channel; it belongs to the filter, once.")
def bias_by_channel(x, kernel, bias, stride=1, padding="same"):
    return by_windows(x, kernel, kernel.shape[2] * bias, stride, padding)


@conv2d_naive.mistake(
    "The bias is added once for each number of the window; it is added once, to the sum."
)
def bias_by_number(x, kernel, bias, stride=1, padding="same"):
    return by_windows(x, kernel, kernel[..., 0].size * bias, stride, padding)


@conv2d_naive.mistake(
    "The bias is added once for each place in the window; it is added once, to the sum."
)
def bias_by_place(x, kernel, bias, stride=1, padding="same"):
    return by_windows(x, kernel, kernel.shape[0] * kernel.shape[1] * bias, stride, padding)


@conv2d_naive.mistake(
    "Rows and columns of the kernel are exchanged: `kernel[i, j]` meets row i and column j of the "
    "window."
)
def kernel_turned(x, kernel, bias, stride=1, padding="same"):
    return by_windows(x, kernel.swapaxes(0, 1), bias, stride, padding)


@conv2d_naive.mistake(
    "With padding='valid', there is a window too few down and across: between the first place and "
    "the last, both count, so add 1."
)
def one_too_few_if_valid(x, kernel, bias, stride=1, padding="same"):
    result = by_windows(x, kernel, bias, stride, padding)
    return result[:, :-1, :-1] if padding == "valid" else result
