"""Checks of week 3: for every exercise its points, the mistakes people make, and sound variants."""

import math
from itertools import chain, count, islice, takewhile

import keras
import numpy as np

from .core import catalogue
from .probes import week3 as probes

check = catalogue(3, probes)
layers = keras.layers

# --- normalize_images

normalize_images = check("normalize_images", rtol=1e-5, atol=1e-6)


@normalize_images.witness("Keras's Rescaling")
def rescaling(images):
    return keras.ops.convert_to_numpy(layers.Rescaling(1 / 255, -0.5)(images))


@normalize_images.mistake(
    "The shift is missing: subtract 0.5, so that the numbers lie around zero."
)
def from_zero_to_one(images):
    return images.astype("float32") / 255


@normalize_images.mistake("The range is −0.5 to 0.5; yours is −1 to 1.")
def from_minus_one(images):
    return images.astype("float32") / 127.5 - 1


@normalize_images.mistake("Divide by 255, the largest value of a byte, not by 256.")
def by_256(images):
    return images.astype("float32") / 256 - 0.5


@normalize_images.mistake(
    "You divided bytes by a whole number of times: `//` leaves only 0 and 1. Use `/`."
)
def whole_division(images):
    return (images // 255).astype("float32") - 0.5


@normalize_images.mistake(
    "You subtracted the mean of these images; then an image's numbers depend on its neighbours."
)
def mean_subtracted(images):
    images = images.astype("float32") / 255
    return images - (images.mean() if images.size else 0)


@normalize_images.alternative
def by_difference(images):
    return (np.asarray(images, dtype=np.float32) - 127.5) / 255


@normalize_images.alternative
def in_double_precision(images):
    return images / 255 - 0.5


# --- one_hot

one_hot = check("one_hot")


@one_hot.witness("Keras")
def keras_one_hot(labels, num_classes):
    return keras.ops.convert_to_numpy(keras.ops.one_hot(labels, num_classes))


@one_hot.mistake(
    "The number of columns is num_classes; you took it from the labels, which may lack a class."
)
def columns_from_labels(labels, num_classes):
    return np.eye(labels.max() + 1 if len(labels) else 0, dtype="float32")[labels]


@one_hot.mistake("Labels are rows: the result is (n, num_classes); yours is transposed.")
def one_hot_transposed(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[:, labels]


@one_hot.mistake("Labels count from 0: label 0 has its 1 in the first column.")
def counted_from_one(labels, num_classes):
    return np.eye(num_classes, dtype="float32")[np.asarray(labels) - 1]


@one_hot.mistake(
    "You set every label's column in all rows; row i gets the column of label i alone."
)
def all_rows(labels, num_classes):
    result = np.zeros((len(labels), num_classes), "float32")
    result[:, labels] = 1
    return result


@one_hot.alternative
def by_comparison(labels, num_classes):
    return (labels[:, None] == np.arange(num_classes)).astype(np.float32)


@one_hot.alternative
def by_assignment(labels, num_classes):
    result = np.zeros((len(labels), num_classes))
    result[np.arange(len(labels)), labels] = 1
    return result


# --- conv2d_naive

conv2d_naive = check("conv2d_naive", points=2)


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


# --- max_pool_naive

max_pool_naive = check("max_pool_naive")


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


# --- make_model

make_model = check("make_model", points=2)


def _original(
    slope=0.1, padding="same", end="softmax", dropouts=(0.25, 0.25, 0.5), dense=True,
    pool_first=True, pooling=layers.MaxPooling2D, filters=((16, 32), (32, 64)), batch_norm=False,
):  # fmt: skip
    """Return the network of 2017 with changes."""
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for numbers, rate in zip(filters, dropouts):
        for number in numbers:
            model.add(layers.Conv2D(number, 3, padding=padding))
            if batch_norm:
                model.add(layers.BatchNormalization())
            model.add(layers.LeakyReLU(negative_slope=slope))
        stage_end = [pooling(2)] + [layers.Dropout(rate)] * bool(rate)
        for layer in stage_end if pool_first else reversed(stage_end):
            model.add(layer)
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    if dense:
        model.add(layers.LeakyReLU(negative_slope=slope))
    if dropouts[-1]:
        model.add(layers.Dropout(dropouts[-1]))
    model.add(layers.Dense(10, activation=end))
    return model


@make_model.mistake("The slope of LeakyReLU is 0.1 here; Keras takes 0.3 if you don't say so.")
def slope_of_keras():
    return _original(slope=0.3)


@make_model.mistake("You used ReLU; a LeakyReLU of slope 0.1 lets a little through below zero.")
def plain_relu():
    return _original(slope=0.0)


@make_model.mistake("The last layer needs a softmax: ten probabilities that sum to 1.")
def without_softmax():
    return _original(end=None)


@make_model.mistake(
    "The last layer has a sigmoid; ten classes that exclude each other need a softmax."
)
def sigmoid_end():
    return _original(end="sigmoid")


@make_model.mistake("The convolutions are padded: padding='same'. Keras's default is 'valid'.")
def valid_padding():
    return _original(padding="valid")


@make_model.mistake("The LeakyReLU after the dense layer of 256 units is missing.")
def dense_not_bent():
    return _original(dense=False)


@make_model.mistake("The dropouts are missing: 0.25 after each pooling, 0.5 before the last layer.")
def without_dropout():
    return _original(dropouts=(0, 0, 0))


@make_model.mistake("A dropout comes after its pooling, not before it.")
def dropout_before_pooling():
    return _original(pool_first=False)


@make_model.mistake("The dropout before the last layer is 0.5; the others are 0.25.")
def one_rate():
    return _original(dropouts=(0.25, 0.25, 0.25))


@make_model.mistake("This is average pooling; the network takes the largest values.")
def average_pooled():
    return _original(pooling=layers.AveragePooling2D)


@make_model.mistake("The second stage has 32 and 64 filters, as the first has 16 and 32.")
def stages_alike():
    return _original(filters=((16, 32), (64, 64)))


@make_model.mistake("There is no batch norm in this network of 2017: you will add it later.")
def with_batch_norm():
    return _original(batch_norm=True)


@make_model.alternative
def functional():
    def bend(x):
        return keras.ops.leaky_relu(x, negative_slope=0.1)

    inputs = keras.Input((32, 32, 3))
    x = bend(layers.Conv2D(16, (3, 3), padding="same")(inputs))
    x = layers.MaxPool2D()(bend(layers.Conv2D(32, (3, 3), padding="same")(x)))
    x = layers.Dropout(0.25)(x)
    x = bend(layers.Conv2D(32, (3, 3), padding="same")(x))
    x = layers.MaxPool2D()(bend(layers.Conv2D(64, (3, 3), padding="same")(x)))
    x = layers.Flatten()(layers.Dropout(0.25)(x))
    x = layers.Dropout(0.5)(bend(layers.Dense(256)(x)))
    return keras.Model(inputs, layers.Softmax()(layers.Dense(10)(x)))


@make_model.alternative
def in_one_list():
    def leaky():
        return layers.LeakyReLU(0.1)

    return keras.Sequential(
        [
            layers.Input((32, 32, 3)),
            *(layers.Conv2D(16, 3, padding="same"), leaky()),
            *(layers.Conv2D(32, 3, padding="same"), leaky()),
            *(layers.MaxPooling2D((2, 2)), layers.Dropout(0.25)),
            *(layers.Conv2D(32, 3, padding="same"), leaky()),
            *(layers.Conv2D(64, 3, padding="same"), leaky()),
            *(layers.MaxPooling2D((2, 2)), layers.Dropout(0.25), layers.Flatten()),
            *(layers.Dense(256), leaky(), layers.Dropout(0.5)),
            *(layers.Dense(10), layers.Activation("softmax")),
        ]
    )


# --- augment


def _facts_of_places(evidence):
    """Replace the places of pieces by what must hold for every right augmentation."""
    first, result = evidence[0]["value"], []
    for seen in evidence:
        places = seen["value"]
        if _are_places(places) and not seen["error"]:
            pad = int(seen["case"].split("pad ")[1])
            facts = _place_facts(places, pad)
            if "generator" in seen["case"] and _are_places(first):
                facts["the places are those of the first call"] = np.array_equal(first, places)
            seen = {**seen, "value": facts}
        result.append(seen)
    return result


def _are_places(value):
    return isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1:] == (3,)


def _place_facts(places, pad):
    rows, columns, mirrored = places.T
    facts = {"each image is a piece of its own padded image": bool((places >= 0).all())}
    if len(places) >= 400:
        facts |= {
            "images are shifted": bool((rows != pad).any() or (columns != pad).any()),
            "shifts up and down (number of different ones)": np.unique(rows).size,
            "shifts sideways (number of different ones)": np.unique(columns).size,
            "rows and columns are drawn apart": _all_pairs(rows, columns, pad),
            "how many are mirrored": _share(mirrored.mean()),
        }
    return facts


def _all_pairs(rows, columns, pad):
    return np.unique(100 * rows + columns).size == (2 * pad + 1) ** 2


def _share(mean):
    """Return a share in words."""
    if mean in (0, 1):
        return "all" if mean else "none"
    return "about half" if 0.35 < mean < 0.65 else "far from half"


augment = check("augment", points=2, properties=_facts_of_places)


def _cut(images, pad, rows, columns, mirrored):
    """Return the pieces at given places."""
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    height, width = images.shape[1:3]
    pieces = [
        padded[n, row : row + height, column : column + width]
        for n, (row, column) in enumerate(zip(rows, columns))
    ]
    return np.stack([piece[:, ::-1] if m else piece for piece, m in zip(pieces, mirrored)])


def _draw(images, rng, pad):
    """Return rows, columns and mirrored as a right answer draws them."""
    n = len(images)
    return (*rng.integers(0, 2 * pad + 1, size=(2, n)), rng.random(n) < 0.5)


@augment.mistake("All images got the same shift: each must draw its own.")
def one_shift(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows * 0 + rows[0], columns * 0 + columns[0], mirrored)


@augment.mistake("No image is mirrored: mirror every other one, at random, left to right.")
def never_mirrored(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows, columns, mirrored * 0)


@augment.mistake("Every image is mirrored: that must be left to chance, one half.")
def always_mirrored(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows, columns, mirrored | True)


@augment.mistake(
    "You turned images upside down; mirror them left to right: cars don't drive on their roofs."
)
def upside_down(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    pieces = _cut(images, pad, rows, columns, mirrored * 0)
    return np.where(mirrored[:, None, None, None], pieces[:, ::-1], pieces)


@augment.mistake(
    "The last place is never drawn: `rng.integers` stops before its end, and there are "
    "2 · pad + 1 places."
)
def last_place_missing(images, rng, pad=4):
    rows, columns = rng.integers(0, max(2 * pad, 1), size=(2, len(images)))
    return _cut(images, pad, rows, columns, rng.random(len(images)) < 0.5)


@augment.mistake("You used one draw for both directions: draw rows and columns apart.")
def along_the_diagonal(images, rng, pad=4):
    rows, _, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows, rows, mirrored)


@augment.mistake("The images are only mirrored: shift them too, by up to `pad` pixels.")
def no_shift(images, rng, pad=4):
    rows, _, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows * 0 + pad, rows * 0 + pad, mirrored)


@augment.mistake("The same rng gives other pieces each time: draw from `rng`, not from np.random.")
def from_global_random(images, rng, pad=4):
    return _cut(images, pad, *_draw(images, np.random.default_rng(), pad))


@augment.mistake(
    "You gave a generator a seed of your own, so every batch gets the same shifts: draw from `rng`."
)
def from_own_seed(images, rng, pad=4):
    return _cut(images, pad, *_draw(images, np.random.default_rng(0), pad))


@augment.mistake(
    "`np.roll` brings what leaves on one side back on the other; there must be zeros instead."
)
def rolled(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    pieces = [
        np.roll(image, (pad - row, pad - column), axis=(0, 1))
        for image, row, column in zip(images, rows, columns)
    ]
    return np.stack([piece[:, ::-1] if m else piece for piece, m in zip(pieces, mirrored)])


@augment.alternative
def by_a_loop(images, rng, pad=4):
    return _cut(images, pad, *_draw(images, rng, pad))


@augment.alternative
def by_all_windows(images, rng, pad=4):
    n, height, width, _ = images.shape
    images = np.where(rng.random((n, 1, 1, 1)) < 0.5, images[:, :, ::-1], images)
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (height, width), (1, 2))
    rows, columns = rng.integers(0, 2 * pad + 1, size=(2, n))
    return windows[np.arange(n), rows, columns].transpose(0, 2, 3, 1)


# --- residual_block

residual_block = check("residual_block", points=2)


def _residual(
    x, filters, stride, bias=False, last_relu=True, first_relu=True, norm_shortcut=True,
    shortcut="if needed", batch_norm=True, momentum=0.9,
):  # fmt: skip
    """Return a residual block with changes."""

    def norm(y):
        return layers.BatchNormalization(momentum=momentum)(y) if batch_norm else y

    y = norm(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=bias)(x))
    y = layers.ReLU()(y) if first_relu else y
    y = norm(layers.Conv2D(filters, 3, padding="same", use_bias=bias)(y))
    if shortcut == "always" or stride > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=bias)(x)
        x = norm(x) if norm_shortcut else x
    y = y if shortcut == "never" else layers.Add()([y, x])
    return layers.ReLU()(y) if last_relu else y


@residual_block.mistake("The input is never added: that sum is what makes the block residual.")
def nothing_added(x, filters, stride=1):
    return _residual(x, filters, stride, shortcut="never")


@residual_block.mistake("The ReLU after the sum is missing.")
def no_last_relu(x, filters, stride=1):
    return _residual(x, filters, stride, last_relu=False)


@residual_block.mistake("The ReLU between the two convolutions is missing.")
def no_first_relu(x, filters, stride=1):
    return _residual(x, filters, stride, first_relu=False)


@residual_block.mistake(
    "You put a 1×1 convolution on every shortcut; where the shapes agree, add x as it is."
)
def always_projected(x, filters, stride=1):
    return _residual(x, filters, stride, shortcut="always")


@residual_block.mistake("The shortcut's 1×1 convolution needs its own batch norm.")
def shortcut_without_norm(x, filters, stride=1):
    return _residual(x, filters, stride, norm_shortcut=False)


@residual_block.mistake(
    "Your convolutions have a bias; batch norm takes it away again, so give them none."
)
def with_bias(x, filters, stride=1):
    return _residual(x, filters, stride, bias=True)


@residual_block.mistake("Batch norm is missing: one after each convolution.")
def no_batch_norm(x, filters, stride=1):
    return _residual(x, filters, stride, batch_norm=False)


SLOW_AVERAGES = (
    "Your batch norms have Keras's momentum of 0.99, so their running means need hundreds of steps "
    "to follow, and a short training ends with wrong ones: give them 0.9."
)


@residual_block.mistake(SLOW_AVERAGES)
def momentum_of_keras(x, filters, stride=1):
    return _residual(x, filters, stride, momentum=0.99)


@residual_block.mistake("You joined the channels; the two are added, number by number.")
def concatenated(x, filters, stride=1):
    y = _residual(x, filters, stride, shortcut="never", last_relu=False)
    if stride > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Concatenate()([x, y]))


@residual_block.mistake("The input was added before the second batch norm; add it last.")
def added_too_early(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(y))
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    if stride > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=0.9)(layers.Add()([x, y])))


@residual_block.alternative
def sum_the_other_way(x, filters, stride=1):
    return _residual(x, filters, stride)


@residual_block.alternative
def shortcut_first(x, filters, stride=1):
    shortcut = x
    if x.shape[-1] != filters or stride != 1:
        shortcut = layers.Conv2D(filters, 1, stride, use_bias=False)(shortcut)
        shortcut = layers.BatchNormalization(momentum=0.9)(shortcut)
    y = layers.Conv2D(filters, (3, 3), stride, "same", use_bias=False)(x)
    y = layers.Activation("relu")(layers.BatchNormalization(momentum=0.9)(y))
    y = layers.Conv2D(filters, (3, 3), padding="same", use_bias=False)(y)
    return keras.ops.relu(layers.BatchNormalization(momentum=0.9)(y) + shortcut)


# --- one_cycle

one_cycle = check("one_cycle", rtol=1e-5, atol=1e-6)


@one_cycle.witness("Keras's PolynomialDecay")
def two_decays(step, total_steps, peak, warmup=0.3):
    step = keras.ops.cast(step, "float32")
    top = warmup * total_steps
    decay = keras.optimizers.schedules.PolynomialDecay
    up, down = decay(0.0, top, peak), decay(peak, total_steps - top, 0.0)
    return keras.ops.where(step < top, up(step), down(keras.ops.maximum(step - top, 0.0)))


@one_cycle.mistake(
    "Inside `fit` the step is a tensor, and Python's `if` can't look into one. Take the smaller of "
    "the two straight lines, `keras.ops.minimum`, at every step."
)
def with_if(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    if step < top:
        return peak * step / top
    return peak * (total_steps - step) / (total_steps - top)


@one_cycle.mistake("NumPy can't work on the tensor that the step is inside `fit`: use keras.ops.")
def with_numpy(step, total_steps, peak, warmup=0.3):
    return np.interp(step, [0, warmup * total_steps, total_steps], [0, peak, 0])


@one_cycle.mistake("The rate must come down to 0 again after the peak.")
def stays_up(step, total_steps, peak, warmup=0.3):
    return peak * keras.ops.minimum(step / total_steps / warmup, 1.0)


@one_cycle.mistake("The rate must rise from 0 at first; yours starts at the peak.")
def no_warm_up(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return peak * keras.ops.minimum(1.0, (1 - done) / (1 - warmup))


@one_cycle.mistake(
    "The peak is missing: your rate rises to 1; multiply by the peak, the largest rate."
)
def without_peak(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return keras.ops.minimum(done / warmup, (1 - done) / (1 - warmup))


@one_cycle.mistake("Your peak is in the middle; it comes when the share `warmup` is over.")
def peak_in_the_middle(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return peak * keras.ops.minimum(2 * done, 2 - 2 * done)


@one_cycle.mistake("The way down is a cosine; here it is a straight line.")
def cosine_down(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    down = 0.5 * (1 + keras.ops.cos(math.pi * (done - warmup) / (1 - warmup)))
    return peak * keras.ops.where(done < warmup, done / warmup, down)


@one_cycle.alternative
def by_where(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    up, down = step / top, (total_steps - step) / (total_steps - top)
    return keras.ops.where(step < top, up, down) * peak


@one_cycle.alternative
def by_bending_a_line(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    beyond = keras.ops.maximum(done - warmup, 0.0)
    return peak * (done / warmup - beyond * (1 / warmup + 1 / (1 - warmup)))


# --- inception_block

inception_block = check("inception_block", points=2)


def _inception(
    x, filters, share=4, factorised=True, average=True, norm=True, relu=True, narrow_first=True,
    wide=True, order=(0, 1, 2, 3), momentum=0.9,
):  # fmt: skip
    """Return an inception block with changes."""

    def convolve(y, height, width):
        y = layers.Conv2D(filters // share, (height, width), padding="same", use_bias=not norm)(y)
        y = layers.BatchNormalization(momentum=momentum)(y) if norm else y
        return layers.ReLU()(y) if relu else y

    def three(y):
        return convolve(convolve(y, 1, 3), 3, 1) if factorised else convolve(y, 3, 3)

    pooling = layers.AveragePooling2D if average else layers.MaxPooling2D
    before = convolve(x, 1, 1) if narrow_first else x
    again = convolve(x, 1, 1) if narrow_first else x
    branches = [
        convolve(x, 1, 1),
        three(before),
        three(three(again)) if wide else three(again),
        convolve(pooling(3, strides=1, padding="same")(x), 1, 1),
    ]
    return layers.Concatenate()([branches[i] for i in order])


@inception_block.mistake(
    "Each branch has `filters` channels, so the result has four times too many: filters / 4 each."
)
def four_times_too_many(x, filters):
    return _inception(x, filters, share=1)


@inception_block.mistake(
    "Factorise the 3×3 convolutions: a 1×3, then a 3×1, for two thirds of the cost."
)
def not_factorised(x, filters):
    return _inception(x, filters, factorised=False)


@inception_block.mistake("The pooling takes the average here, not the largest.")
def max_pooled(x, filters):
    return _inception(x, filters, average=False)


@inception_block.mistake("Batch norm is missing: one after each convolution, before its ReLU.")
def inception_without_norm(x, filters):
    return _inception(x, filters, norm=False)


@inception_block.mistake("The ReLU after each convolution's batch norm is missing.")
def inception_without_relu(x, filters):
    return _inception(x, filters, relu=False)


@inception_block.mistake(
    "The second and third branch start with a 1×1 convolution, which makes the rest cheap."
)
def no_narrow_start(x, filters):
    return _inception(x, filters, narrow_first=False)


@inception_block.mistake(
    "The third branch has two pairs one after the other, so it sees 5×5 pixels."
)
def one_pair_only(x, filters):
    return _inception(x, filters, wide=False)


@inception_block.mistake(SLOW_AVERAGES)
def inception_with_momentum_of_keras(x, filters):
    return _inception(x, filters, momentum=0.99)


@inception_block.mistake("The branches are joined in the order of the list, the pooled one last.")
def pooled_first(x, filters):
    return _inception(x, filters, order=(3, 0, 1, 2))


@inception_block.alternative
def branches_by_kernels(x, filters):
    def branch(y, *kernels):
        for kernel in kernels:
            y = layers.Conv2D(filters // 4, kernel, padding="same", use_bias=False)(y)
            y = keras.ops.relu(layers.BatchNormalization(momentum=0.9)(y))
        return y

    pooled = layers.AveragePooling2D((3, 3), (1, 1), "same")(x)
    wide = branch(x, (1, 1), (1, 3), (3, 1), (1, 3), (3, 1))
    medium = branch(x, (1, 1), (1, 3), (3, 1))
    return keras.ops.concatenate([branch(x, 1), medium, wide, branch(pooled, 1)], axis=-1)


@inception_block.alternative
def built_backwards(x, filters):
    def step(size):
        return [
            layers.Conv2D(int(filters / 4), size, padding="same", use_bias=False),
            layers.BatchNormalization(momentum=0.9),
            layers.Activation("relu"),
        ]

    pooled = keras.Sequential([layers.AveragePooling2D(3, 1, "same"), *step(1)])(x)
    pair = [*step((1, 3)), *step((3, 1))]
    wide = keras.Sequential([*step(1), *pair, *step((1, 3)), *step((3, 1))])(x)
    medium = keras.Sequential([*step(1), *step((1, 3)), *step((3, 1))])(x)
    return layers.concatenate([keras.Sequential(step(1))(x), medium, wide, pooled])


# --- make_modern_model


def _facts_of_network(evidence):
    """Replace what a network does by what must hold for every right one."""
    result = []
    for seen in evidence:
        value = seen["value"]
        if isinstance(value, dict) and not seen["error"]:
            facts = [f for key, f in FACTS.items() if key in value]
            value = facts[0](value) if facts else value
        result.append({**seen, "value": value})
    return result


def _size_facts(value):
    fits = len(value["input"]) == 4 and all(
        got in (wanted, None) for got, wanted in zip(value["input"][1:], (32, 32, 3))
    )
    return {
        f"at most {probes.BUDGET:,} parameters": value["weights"] <= probes.BUDGET,
        "it takes images of 32×32×3": fits,
    }


def _answer_facts(value):
    answers = value["answers"]
    if not (isinstance(answers, np.ndarray) and answers.shape == (2, 10)):
        return {"ten numbers an image": False}
    probable = bool((answers >= 0).all() and np.allclose(answers.sum(axis=1), 1, atol=1e-3))
    changes = np.abs(value["corners changed"] - answers[:1]).max(axis=1)
    return {
        "ten numbers an image": True,
        "the answers are probabilities": probable,
        "some answers are cut off at 0": bool((answers == 0).any()),
        "all answers are finite": bool(np.isfinite(answers).all()),
        "the same image gets the same answer twice": np.allclose(answers, value["again"]),
        "every corner of the image counts": bool((changes > 0).all()),
    }


def _training_facts(value):
    losses = np.asarray(value["losses"])
    return {
        "weights that no gradient reaches": value["weights that stayed"],
        "the loss falls": bool(losses[-3:].min() < 0.9 * losses[0]),
    }


FACTS = {"weights": _size_facts, "answers": _answer_facts, "losses": _training_facts}

make_modern_model = check("make_modern_model", points=3, properties=_facts_of_network)


def _small_network(
    end=None, dropout=0.0, filters=(16, 32, 64), pool="average", classes=10, hidden=0,
):  # fmt: skip
    """Return a little network of one's own, with changes."""
    inputs = keras.Input((32, 32, 3))
    x = inputs
    for number in filters:
        x = layers.Conv2D(number, 3, strides=2, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    if pool == "one place":
        x = x[:, 2, 2]
    else:
        x = layers.Flatten()(x) if pool == "flatten" else layers.GlobalAveragePooling2D()(x)
    if hidden:
        x = layers.Dense(hidden, activation="relu")(x)
    if dropout:
        x = layers.Dropout(dropout)(x)
    return keras.Model(inputs, layers.Dense(classes, activation=end)(x))


@make_modern_model.mistake(
    "The last layer has a softmax; return the logits, the numbers before it."
)
def ends_in_softmax():
    return _small_network(end="softmax")


@make_modern_model.mistake(
    "It has too many parameters. Most sit in a dense layer behind a flatten: pool globally instead."
)
def too_large():
    return _small_network(pool="flatten", hidden=800)


@make_modern_model.mistake("There is a ReLU on the logits: it cuts off what is below zero.")
def relu_on_logits():
    return _small_network(end="relu")


@make_modern_model.mistake(
    "It decides by one place of the last feature map, which sees only a part of the image: pool "
    "over all places."
)
def one_place():
    return _small_network(pool="one place", filters=(16, 32))


@make_modern_model.mistake("There are ten classes: ten logits an image.")
def one_logit():
    return _small_network(classes=1)


@make_modern_model.alternative
def plain_network():
    return _small_network(dropout=0.2)


@make_modern_model.alternative
def of_separable_convolutions():
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(24, 3, padding="same", activation="elu"),
            layers.MaxPooling2D(4),
            layers.SeparableConv2D(48, 3, padding="same", activation="elu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dropout(0.1),
            layers.Dense(10),
        ]
    )


# --- build_stimulus_model

build_stimulus_model = check("build_stimulus_model", points=2)


def _stimulus(model, unit, bias=False, pick=lambda answer, unit: answer[..., unit], wrap=True):
    """Return a stimulus model with changes."""
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    pixels = layers.Dense(math.prod(shape), use_bias=bias, name="stimulus")(ones)
    image = layers.Reshape(shape)(pixels)
    if wrap:
        answer = layers.Lambda(lambda x: pick(model(x, training=False), unit))(image)
    else:
        answer = pick(model(image, training=False), unit)
    return keras.Model(ones, answer)


@build_stimulus_model.mistake("The network isn't frozen: the image must be all that is trained.")
def not_frozen(model, unit):
    return _stimulus(model, unit, wrap=False)


@build_stimulus_model.mistake(
    "Inside `fit` your network drops units out: `fit` overrides the `training=False` of a call "
    "that built a functional model. Make that call inside a layer, a Lambda for one."
)
def in_training_mode(model, unit):
    model.trainable = False
    return _stimulus(model, unit, wrap=False)


@build_stimulus_model.mistake("The image has a bias besides its weight; there must be one weight.")
def image_with_bias(model, unit):
    return _stimulus(model, unit, bias=True)


@build_stimulus_model.mistake("You return all units; pick the one that is asked for.")
def all_units(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: answer)


@build_stimulus_model.mistake(
    "The unit counts along the last axis; of a feature map you took a row of pixels."
)
def wrong_axis(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: answer[:, unit])


@build_stimulus_model.mistake(
    "You return minus the answer; the loss of `fit` will bring the minus."
)
def negative_answer(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: -answer[..., unit])


@build_stimulus_model.mistake("You always take the first unit; pick number `unit`.")
def always_first(model, unit):
    return _stimulus(model, unit, pick=lambda answer, unit: answer[..., 0])


@build_stimulus_model.alternative
def by_a_layer(model, unit):
    class Stimulus(layers.Layer):
        def build(self, _):
            self.image = self.add_weight(shape=model.input_shape[1:], initializer="zeros")

        def call(self, ones):
            return model(ones[:, :, None, None] * self.image, training=False)[..., unit]

    layer = Stimulus()
    model.trainable = False
    return keras.Sequential([keras.Input((1,)), layer])


@build_stimulus_model.alternative
def by_a_model(model, unit):
    class Stimulus(keras.Model):
        def __init__(self):
            super().__init__()
            shape = model.input_shape[1:]
            self.image = keras.Sequential(
                [
                    keras.Input((1,)),
                    layers.Dense(int(np.prod(shape)), use_bias=False),
                    layers.Reshape(shape),
                ]
            )
            self.network = keras.models.clone_model(model)
            self.network.set_weights(model.get_weights())
            self.network.trainable = False

        def call(self, ones):
            return keras.ops.take(self.network(self.image(ones), training=False), unit, axis=-1)

    stimulus = Stimulus()
    stimulus(np.ones((1, 1), "float32"))
    return stimulus


# --- image_center_crop

image_center_crop = check("image_center_crop")


@image_center_crop.mistake("You kept the corner at the top left; the square lies in the middle.")
def corner_crop(image):
    side = min(image.shape[:2])
    return image[:side, :side]


@image_center_crop.mistake("Rows come first: an image has the shape (height, width, channels).")
def width_first(image):
    width, height = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : top + side, left : left + side]


@image_center_crop.mistake(
    "Where an odd number has to go, one more is cut at the bottom or on the right; you rounded up."
)
def remainder_at_the_start(image):
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side + 1) // 2, (width - side + 1) // 2
    return image[top : top + side, left : left + side]


@image_center_crop.mistake("You cut the same border on both sides; an odd remainder is left over.")
def same_border(image):
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : height - top, left : width - left]


@image_center_crop.mistake("You cut wide images only; a high one loses rows.")
def wide_only(image):
    height, width = image.shape[:2]
    left = max(0, width - height) // 2
    return image[:, left : left + height]


@image_center_crop.mistake("You squeezed the image into a square; cut it, so that shapes stay.")
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


# --- batch_generator

batch_generator = check("batch_generator")


@batch_generator.mistake("The items of the last, short batch are lost.")
def drops_the_last(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []


@batch_generator.mistake("Where the items fill the last batch, you yield an empty one after it.")
def empty_at_the_end(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []
    yield batch


@batch_generator.mistake("Not every iterable has a length and slices; a generator has neither.")
def needs_slices(items, batch_size):
    for start in range(0, len(items), batch_size):
        yield list(items[start : start + batch_size])


@batch_generator.mistake("You read all items before the first batch; take only what it needs.")
def reads_all_first(items, batch_size):
    items = list(items)
    for start in range(0, len(items), batch_size):
        yield items[start : start + batch_size]


@batch_generator.mistake("You emptied a list that you had yielded before; begin a new one.")
def same_list_again(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch.clear()
    if batch:
        yield batch


@batch_generator.mistake("You return a list of all batches; `yield` hands out one at a time.")
def all_at_once(items, batch_size):
    iterator = iter(items)
    batches = []
    while batch := list(islice(iterator, batch_size)):
        batches.append(batch)
    return batches


@batch_generator.mistake("Every batch is a list; yours are tuples.")
def yields_tuples(items, batch_size):
    iterator = iter(items)
    while batch := tuple(islice(iterator, batch_size)):
        yield batch


@batch_generator.mistake("You take one item too many for a batch before you yield it.")
def one_item_ahead(items, batch_size):
    batch = []
    for item in items:
        if len(batch) == batch_size:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


@batch_generator.alternative
def by_appending(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []
    if batch:
        yield batch


@batch_generator.alternative
def as_an_expression(items, batch_size):
    iterator = iter(items)
    return takewhile(len, (list(islice(iterator, batch_size)) for _ in count()))


@batch_generator.alternative
def first_and_rest(items, batch_size):
    iterator = iter(items)
    for first in iterator:
        yield list(chain([first], islice(iterator, batch_size - 1)))


# --- build_classifier

build_classifier = check("build_classifier", points=2)


def _borrowed(image_size, weights, **options):
    shape = (image_size, image_size, 3)
    options = {"include_top": False, "input_shape": shape, "weights": weights, **options}
    return keras.applications.InceptionV3(**options)


def _classifier(base, head, frozen=True):
    if frozen:
        for layer in base.layers:
            layer.trainable = not _is_norm(layer)
    images = keras.Input(base.input_shape[1:])
    x = base(images)
    for layer in head:
        x = layer(x)
    return keras.Model(images, x)


def _is_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)


@build_classifier.mistake("The last layer has a softmax; return logits, without an activation.")
def with_softmax(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D()]
    head += [keras.layers.Dense(num_classes, activation="softmax")]
    return _classifier(_borrowed(image_size, weights), head)


TRAINING_MODE = (
    "The batch norms run in training mode while `fit` trains. Freeze them: `training=False` in the "
    "call of the base doesn't help, as Keras 3 overrides it with what `fit` says."
)


@build_classifier.mistake(TRAINING_MODE)
def norms_not_frozen(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, weights), head, frozen=False)


@build_classifier.mistake(TRAINING_MODE)
def called_with_training_false(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    images = keras.Input((image_size, image_size, 3))
    features = keras.layers.GlobalAveragePooling2D()(base(images, training=False))
    return keras.Model(images, keras.layers.Dense(num_classes)(features))


@build_classifier.mistake("You flattened the grid; average it over its places.")
def flattened(num_classes, image_size, weights):
    head = [keras.layers.Flatten(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, weights), head)


@build_classifier.mistake("You took the largest value of each channel; the average is asked for.")
def head_of_maxima(num_classes, image_size, weights):
    head = [keras.layers.GlobalMaxPooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, weights), head)


@build_classifier.mistake("You didn't pass `weights` on; the base then has random weights always.")
def always_random(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, None), head)


@build_classifier.mistake("You fetch ImageNet's weights always; pass on the argument `weights`.")
def always_imagenet(num_classes, image_size, weights):
    head = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return _classifier(_borrowed(image_size, "imagenet"), head)


@build_classifier.mistake("You kept ImageNet's own top of 1,000 classes: `include_top=False`.")
def with_the_top(num_classes, image_size, weights):
    base = _borrowed(image_size, weights, include_top=True, classifier_activation=None)
    return _classifier(base, [keras.layers.Dense(num_classes)])


@build_classifier.mistake("The base's layers lie open in the model; call the base as one layer.")
def all_layers_open(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    for layer in base.layers:
        layer.trainable = not _is_norm(layer)
    features = keras.layers.GlobalAveragePooling2D()(base.output)
    return keras.Model(base.input, keras.layers.Dense(num_classes)(features))


@build_classifier.alternative
def pooled_by_the_base(num_classes, image_size, weights):
    base = _borrowed(image_size, weights, pooling="avg")
    return _classifier(base, [keras.layers.Dense(num_classes)])


@build_classifier.alternative
def averaged_by_ops(num_classes, image_size, weights):
    base = keras.applications.inception_v3.InceptionV3(
        weights=weights, include_top=False, input_tensor=keras.Input((image_size, image_size, 3))
    )
    base.trainable = False
    images = keras.Input((image_size, image_size, 3))
    features = keras.ops.mean(base(images, training=False), axis=(1, 2))
    return keras.Model(inputs=images, outputs=keras.layers.Dense(num_classes)(features))


@build_classifier.alternative
def as_a_sequence(num_classes, image_size, weights):
    base = _borrowed(image_size, weights)
    for layer in base.layers:
        if "BatchNorm" in type(layer).__name__:
            layer.trainable = False
    parts = [keras.Input((image_size, image_size, 3)), base]
    parts += [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(num_classes)]
    return keras.Sequential(parts)


# --- freeze_for_head


def _base(model):
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def _open_base(model):
    base = _base(model)
    model.trainable = base.trainable = True
    return base


freeze_for_head = check("freeze_for_head")


@freeze_for_head.mistake("You froze the head too, so nothing learns.")
def freezes_all(model):
    model.trainable = False
    return model


@freeze_for_head.mistake("It is the other way round: the base is frozen, the head learns.")
def freezes_the_head(model):
    model.trainable = True
    model.layers[-1].trainable = False
    return model


@freeze_for_head.mistake("The head may have been frozen before: make it trainable.")
def leaves_the_head(model):
    _base(model).trainable = False
    return model


@freeze_for_head.mistake("You froze the batch norms alone; freeze all layers of the base.")
def freezes_norms_only(model):
    base = _open_base(model)
    for layer in base.layers:
        layer.trainable = not _is_norm(layer)
    return model


@freeze_for_head.mistake("You left the batch norms of the base out; freeze them as well.")
def forgets_norms(model):
    base = _open_base(model)
    for layer in base.layers:
        layer.trainable = _is_norm(layer)
    return model


@freeze_for_head.mistake("The last layers of the base go on learning; freeze the whole base.")
def freezes_the_first(model):
    base = _open_base(model)
    for layer in base.layers[:-6]:
        layer.trainable = False
    return model


@freeze_for_head.mistake("Return the model.")
def freezes_without_return(model):
    model.trainable = True
    _base(model).trainable = False


@freeze_for_head.alternative
def all_then_base(model):
    model.trainable = True
    _base(model).trainable = False
    return model


@freeze_for_head.alternative
def layer_by_layer(model):
    for layer in _open_base(model).layers:
        layer.trainable = False
    return model


# --- unfreeze_top

unfreeze_top = check("unfreeze_top", points=2)


@unfreeze_top.mistake("You unfroze batch norms as well; they stay frozen.")
def unfreezes_norms(model, num_layers):
    base = _open_base(model)
    for number, layer in enumerate(base.layers):
        layer.trainable = number >= len(base.layers) - num_layers
    return model


@unfreeze_top.mistake("With 0 layers, `layers[-0:]` is all of them; count from the start.")
def minus_zero(model, num_layers):
    base = _open_base(model)
    for layer in base.layers:
        layer.trainable = False
    for layer in base.layers[-num_layers:]:
        layer.trainable = not _is_norm(layer)
    return model


@unfreeze_top.mistake("You unfroze the first layers; the last ones are asked for.")
def unfreezes_the_first(model, num_layers):
    base = _open_base(model)
    for number, layer in enumerate(base.layers):
        layer.trainable = number < num_layers and not _is_norm(layer)
    return model


@unfreeze_top.mistake("The layers below the last ones learn too; freeze them.")
def unfreezes_all(model, num_layers):
    for layer in _open_base(model).layers:
        layer.trainable = not _is_norm(layer)
    return model


@unfreeze_top.mistake("The batch norms below still learn; freeze every one in the base.")
def norms_below_learn(model, num_layers):
    base = _open_base(model)
    for layer in base.layers[: len(base.layers) - num_layers]:
        layer.trainable = _is_norm(layer)
    for layer in base.layers[len(base.layers) - num_layers :]:
        layer.trainable = not _is_norm(layer)
    return model


@unfreeze_top.mistake("`num_layers` counts all layers of the base, those without weights too.")
def counts_layers_with_weights(model, num_layers):
    base = _open_base(model)
    with_weights = [layer for layer in base.layers if layer.weights]
    top = with_weights[max(0, len(with_weights) - num_layers) :]
    for layer in base.layers:
        layer.trainable = layer in top and not _is_norm(layer)
    return model


@unfreeze_top.mistake(
    "The model as a whole may be frozen, its head too, and that hides the weights of all its "
    "layers: make the model trainable first."
)
def model_still_frozen(model, num_layers):
    base = _base(model)
    for number, layer in enumerate(base.layers):
        is_top = number >= len(base.layers) - num_layers
        layer.trainable = is_top and not _is_norm(layer)
    return model


@unfreeze_top.mistake("Return the model once it is changed.")
def unfreezes_without_return(model, num_layers):
    base = _open_base(model)
    for number, layer in enumerate(base.layers):
        is_top = number >= len(base.layers) - num_layers
        layer.trainable = is_top and not _is_norm(layer)


@unfreeze_top.alternative
def below_then_norms(model, num_layers):
    base = _open_base(model)
    below = base.layers[: len(base.layers) - num_layers]
    norms = [layer for layer in base.layers if _is_norm(layer)]
    for layer in below + norms:
        layer.trainable = False
    return model


@unfreeze_top.alternative
def from_the_end(model, num_layers):
    base = _base(model)
    model.trainable = True
    for place, layer in enumerate(reversed(base.layers)):
        layer.trainable = place < num_layers and "norm" not in type(layer).__name__.lower()
    return model
