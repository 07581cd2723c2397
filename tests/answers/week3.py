"""Answers to week 3, as students write them."""

import itertools
import math

import keras
import numpy as np

layers = keras.layers


# %% wrong normalize_images: the 0.5 is not taken off
def normalize_images(images):
    return images.astype(np.float32) / 255


# %% wrong normalize_images: returns float64
def normalize_images(images):
    return images / 255 - 0.5


# %% wrong normalize_images: maps to -1 to 1
def normalize_images(images):
    return images.astype("float32") / 127.5 - 1


# %% wrong normalize_images: divides by 256
def normalize_images(images):
    return images.astype("float32") / 256 - 0.5


# %% wrong normalize_images: takes off 128 as uint8, so dark pixels wrap around
def normalize_images(images):
    return ((images - np.uint8(128)) / 255).astype("float32")


# %% wrong normalize_images: the half is taken off before the division
def normalize_images(images):
    return (images.astype("float32") - 0.5) / 255


# %% wrong normalize_images: integer division
def normalize_images(images):
    return (images // 255).astype("float32") - 0.5


# %% wrong normalize_images: scales by the array's own minimum and maximum
def normalize_images(images):
    images = images.astype("float32")
    return (images - images.min()) / (images.max() - images.min() + 1e-7) - 0.5


# %% right normalize_images: a table of all 256 values
def normalize_images(images):
    table = (np.arange(256) / 255 - 0.5).astype(np.float32)
    return table[images]


# %% right normalize_images: division with a dtype, then in place
def normalize_images(images):
    out = np.divide(images, 255, dtype=np.float32)
    out = out - np.float32(0.5)
    return out


# %% wrong one_hot: returns float64
def one_hot(labels, num_classes):
    return np.eye(num_classes)[labels]


# %% wrong one_hot: returns integers
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype=int)[labels]


# %% wrong one_hot: as many columns as the largest label asks for, num_classes ignored
def one_hot(labels, num_classes):
    return np.eye(np.max(labels) + 1, dtype="float32")[labels]


# %% wrong one_hot: returns booleans
def one_hot(labels, num_classes):
    return labels[:, None] == np.arange(num_classes)


# %% wrong one_hot: transposed, one column per label
def one_hot(labels, num_classes):
    return (np.arange(num_classes)[:, None] == labels).astype("float32")


# %% wrong one_hot: counts labels from 1
def one_hot(labels, num_classes):
    return np.eye(num_classes, dtype=np.float32)[labels - 1]


# %% wrong one_hot: every row gets the ones of all labels
def one_hot(labels, num_classes):
    rows = np.zeros((len(labels), num_classes), dtype=np.float32)
    rows[:, labels] = 1
    return rows


# %% wrong one_hot: numbers the classes that occur anew
def one_hot(labels, num_classes):
    _, places = np.unique(labels, return_inverse=True)
    return np.eye(num_classes, dtype="float32")[places]


# %% right one_hot: a loop over labels
def one_hot(labels, num_classes):
    rows = np.zeros((len(labels), num_classes), dtype=np.float32)
    for i, label in enumerate(labels):
        rows[i, label] = 1.0
    return rows


# %% right one_hot: to_categorical, cast
def one_hot(labels, num_classes):
    return np.asarray(keras.utils.to_categorical(labels, num_classes), dtype=np.float32)


# %% wrong conv2d_naive: the kernel is flipped, as in mathematics
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kernel = kernel[::-1, ::-1]
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        ph = max((-(-H // stride) - 1) * stride + kh - H, 0)
        pw = max((-(-W // stride) - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2), (0, 0)))
    rows, cols = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return out


# %% wrong conv2d_naive: the same padding is k // 2 on all sides, whatever the stride and the size
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    if padding == "same":
        x = np.pad(x, ((0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2), (0, 0)))
    n, H, W, _ = x.shape
    rows, cols = (H - kh) // stride + 1, (W - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return out


# %% wrong conv2d_naive: the bias is forgotten
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        ph = max((-(-H // stride) - 1) * stride + kh - H, 0)
        pw = max((-(-W // stride) - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2), (0, 0)))
    rows, cols = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.einsum("nhwc,hwcf->nf", window, kernel)
    return out


# %% wrong conv2d_naive: the odd zero goes above and to the left
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        ph = max((math.ceil(H / stride) - 1) * stride + kh - H, 0)
        pw = max((math.ceil(W / stride) - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph - ph // 2, ph // 2), (pw - pw // 2, pw // 2), (0, 0)))
    rows, cols = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return out


# %% wrong conv2d_naive: a ReLU is applied to the result
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        ph = max((math.ceil(H / stride) - 1) * stride + kh - H, 0)
        pw = max((math.ceil(W / stride) - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2), (0, 0)))
    rows, cols = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return np.maximum(out, 0)


# %% wrong conv2d_naive: windows start every pixel, only their number follows the stride
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        ph = max((math.ceil(H / stride) - 1) * stride + kh - H, 0)
        pw = max((math.ceil(W / stride) - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2), (0, 0)))
    rows, cols = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            out[:, i, j] = np.tensordot(x[:, i:i + kh, j:j + kw], kernel, axes=3) + bias
    return out


# %% wrong conv2d_naive: pads with the edge's pixels instead of zeros
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        ph = max((math.ceil(H / stride) - 1) * stride + kh - H, 0)
        pw = max((math.ceil(W / stride) - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2), (0, 0)),
                   mode="edge")
    rows, cols = (x.shape[1] - kh) // stride + 1, (x.shape[2] - kw) // stride + 1
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return out


# %% wrong conv2d_naive: with "valid" the last window is missed, the + 1 is forgotten
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, _ = x.shape
    if padding == "same":
        rows, cols = math.ceil(H / stride), math.ceil(W / stride)
        ph = max((rows - 1) * stride + kh - H, 0)
        pw = max((cols - 1) * stride + kw - W, 0)
        x = np.pad(x, ((0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2), (0, 0)))
    else:
        rows, cols = (H - kh) // stride, (W - kw) // stride
    out = np.zeros((n, rows, cols, filters))
    for i in range(rows):
        for j in range(cols):
            window = x[:, i * stride:i * stride + kh, j * stride:j * stride + kw]
            out[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return out


# %% right conv2d_naive: sliding windows and einsum
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw = kernel.shape[:2]
    if padding == "same":
        pads = [(0, 0)]
        for size, k in zip(x.shape[1:3], (kh, kw)):
            need = max((math.ceil(size / stride) - 1) * stride + k - size, 0)
            pads.append((need // 2, need - need // 2))
        x = np.pad(x, [*pads, (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    windows = windows[:, ::stride, ::stride]  # (n, rows, cols, channels, kh, kw)
    return np.einsum("nijchw,hwcf->nijf", windows, kernel) + bias


# %% right conv2d_naive: a sum over the places of the kernel, on shifted images
def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    kh, kw, _, filters = kernel.shape
    n, H, W, channels = x.shape
    if padding == "same":
        rows, cols = -(-H // stride), -(-W // stride)
        down = max((rows - 1) * stride + kh - H, 0)
        across = max((cols - 1) * stride + kw - W, 0)
        big = np.zeros((n, H + down, W + across, channels))
        big[:, down // 2:down // 2 + H, across // 2:across // 2 + W] = x
    else:
        rows, cols, big = (H - kh) // stride + 1, (W - kw) // stride + 1, x
    out = np.zeros((n, rows, cols, filters)) + bias
    for a in range(kh):
        for b in range(kw):
            part = big[:, a:a + (rows - 1) * stride + 1:stride,
                       b:b + (cols - 1) * stride + 1:stride]
            out += part @ kernel[a, b]
    return out


# %% wrong max_pool_naive: the mean instead of the largest
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    h, w = H // size, W // size
    return x[:, :h * size, :w * size].reshape(n, h, size, w, size, c).mean(axis=(2, 4))


# %% wrong max_pool_naive: the reshape splits in the wrong order, so windows hold far pixels
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    h, w = H // size, W // size
    return x[:, :h * size, :w * size].reshape(n, size, h, size, w, c).max(axis=(1, 3))


# %% wrong max_pool_naive: windows overlap, they move by one pixel
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    out = np.zeros((n, H - size + 1, W - size + 1, c))
    for i in range(H - size + 1):
        for j in range(W - size + 1):
            out[:, i, j] = x[:, i:i + size, j:j + size].max(axis=(1, 2))
    return out


# %% wrong max_pool_naive: what is left over at the border is pooled too
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    h, w = math.ceil(H / size), math.ceil(W / size)
    out = np.zeros((n, h, w, c))
    for i in range(h):
        for j in range(w):
            out[:, i, j] = x[:, i * size:(i + 1) * size, j * size:(j + 1) * size].max((1, 2))
    return out


# %% wrong max_pool_naive: starts from zeros, so negative maxima become 0
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    h, w = H // size, W // size
    out = np.zeros((n, h, w, c))
    for a in range(size):
        for b in range(size):
            out = np.maximum(out, x[:, a:h * size:size, b:w * size:size])
    return out


# %% wrong max_pool_naive: left-over rows and columns are dropped at the top and the left
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    x = x[:, H % size:, W % size:]
    return x.reshape(n, H // size, size, W // size, size, c).max(axis=(2, 4))


# %% wrong max_pool_naive: the size is ignored, windows are always 2 by 2
def max_pool_naive(x, size=2):
    h, w = x.shape[1] // 2, x.shape[2] // 2
    x = x[:, :2 * h, :2 * w]
    top = np.maximum(x[:, ::2, ::2], x[:, ::2, 1::2])
    bottom = np.maximum(x[:, 1::2, ::2], x[:, 1::2, 1::2])
    return np.maximum(top, bottom)


# %% wrong max_pool_naive: the largest over all channels, too
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    h, w = H // size, W // size
    out = np.zeros((n, h, w, c))
    for i in range(h):
        for j in range(w):
            window = x[:, i * size:(i + 1) * size, j * size:(j + 1) * size]
            out[:, i, j] = window.max(axis=(1, 2, 3))[:, None]
    return out


# %% right max_pool_naive: the maximum of shifted slices
def max_pool_naive(x, size=2):
    h, w = x.shape[1] // size * size, x.shape[2] // size * size
    return np.maximum.reduce([x[:, a:h:size, b:w:size]
                              for a in range(size) for b in range(size)])


# %% right max_pool_naive: four loops
def max_pool_naive(x, size=2):
    n, H, W, c = x.shape
    out = np.empty((n, H // size, W // size, c), dtype=x.dtype)
    for k in range(n):
        for i in range(H // size):
            for j in range(W // size):
                for ch in range(c):
                    out[k, i, j, ch] = np.max(
                        x[k, i * size:i * size + size, j * size:j * size + size, ch])
    return out


# %% wrong make_model: LeakyReLU keeps Keras's own slope, 0.3
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.LeakyReLU())
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU())
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% wrong make_model: the convolutions have padding valid
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.1))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% wrong make_model: no softmax at the end
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.1))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10))
    return model


# %% wrong make_model: ReLU instead of LeakyReLU
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.ReLU())
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.ReLU())
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% wrong make_model: no activation after the dense layer of 256
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% wrong make_model: the dropout before the last layer is forgotten
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.1))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% wrong make_model: average instead of max pooling
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.AveragePooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.1))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


# %% wrong make_model: a sigmoid instead of the softmax
def make_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for first, second in ((16, 32), (32, 64)):
        for filters in (first, second):
            model.add(layers.Conv2D(filters, 3, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.MaxPooling2D(2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.1))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="sigmoid"))
    return model


# %% right make_model: functional, with LeakyReLU as the layers' activation
def make_model():
    def leaky(x):
        return keras.activations.leaky_relu(x, negative_slope=0.1)

    x = inputs = keras.Input(shape=(32, 32, 3))
    for pair in [(16, 32), (32, 64)]:
        for filters in pair:
            x = layers.Conv2D(filters, (3, 3), padding="same", activation=leaky)(x)
        x = layers.MaxPool2D()(x)
        x = layers.Dropout(0.25)(x)
    x = layers.Dense(256, activation=leaky)(layers.Flatten()(x))
    x = layers.Dropout(0.5)(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


# %% right make_model: stages as nested Sequentials, compiled, softmax as a layer
def stage(first, second):
    return keras.Sequential([
        layers.Conv2D(first, 3, padding="same"), layers.LeakyReLU(negative_slope=0.1),
        layers.Conv2D(second, 3, padding="same"), layers.LeakyReLU(negative_slope=0.1),
        layers.MaxPooling2D((2, 2)), layers.Dropout(0.25)])

def make_model():
    model = keras.Sequential([
        keras.Input((32, 32, 3)), stage(16, 32), stage(32, 64), layers.Flatten(),
        layers.Dense(256), layers.LeakyReLU(negative_slope=0.1), layers.Dropout(0.5),
        layers.Dense(10), layers.Softmax()])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong augment: one shift for all images
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = rng.integers(0, 2 * pad + 1, size=(1, 1)) + np.arange(H) + np.zeros((n, 1), int)
    cols = rng.integers(0, 2 * pad + 1, size=(1, 1)) + np.arange(W) + np.zeros((n, 1), int)
    flip = rng.random(n) < 0.5
    cols[flip] = cols[flip, ::-1]
    return wide[np.arange(n)[:, None, None], rows[:, :, None], cols[:, None, :]]


# %% wrong augment: the largest shift is never drawn, off by one
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        top, left = rng.integers(0, 2 * pad if pad else 1, size=2)
        piece = wide[i, top:top + H, left:left + W]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        out[i] = piece
    return out


# %% wrong augment: one coin decides for all images whether they are mirrored
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = rng.integers(0, 2 * pad + 1, size=(n, 1)) + np.arange(H)
    cols = rng.integers(0, 2 * pad + 1, size=(n, 1)) + np.arange(W)
    if rng.random() < 0.5:
        cols = cols[:, ::-1]
    return wide[np.arange(n)[:, None, None], rows[:, :, None], cols[:, None, :]]


# %% wrong augment: draws from np.random instead of rng
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        top, left = np.random.randint(0, 2 * pad + 1, size=2)
        piece = wide[i, top:top + H, left:left + W]
        if np.random.rand() < 0.5:
            piece = piece[:, ::-1]
        out[i] = piece
    return out


# %% wrong augment: returns float64, whatever the images' dtype
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    out = np.zeros(images.shape)
    for i in range(n):
        top, left = rng.integers(0, 2 * pad + 1, size=2)
        piece = wide[i, top:top + H, left:left + W]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        out[i] = piece
    return out


# %% wrong augment: mirrors top to bottom
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        top, left = rng.integers(0, 2 * pad + 1, size=2)
        piece = wide[i, top:top + H, left:left + W]
        if rng.random() < 0.5:
            piece = piece[::-1]
        out[i] = piece
    return out


# %% wrong augment: mirrors the caller's images in place
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    flip = rng.random(n) < 0.5
    images[flip] = images[flip, :, ::-1]
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = rng.integers(0, 2 * pad + 1, size=(n, 1)) + np.arange(H)
    cols = rng.integers(0, 2 * pad + 1, size=(n, 1)) + np.arange(W)
    return wide[np.arange(n)[:, None, None], rows[:, :, None], cols[:, None, :]]


# %% wrong augment: the same number shifts rows and columns
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        top = left = rng.integers(0, 2 * pad + 1)
        piece = wide[i, top:top + H, left:left + W]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        out[i] = piece
    return out


# %% right augment: a loop over images
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    out = np.empty_like(images)
    for i in range(n):
        top, left = rng.integers(0, 2 * pad + 1, size=2)
        piece = wide[i, top:top + H, left:left + W]
        if rng.random() < 0.5:
            piece = piece[:, ::-1]
        out[i] = piece
    return out


# %% right augment: picks from all windows at once
def augment(images, rng, pad=4):
    n, H, W, _ = images.shape
    wide = np.pad(images, [(0, 0), (pad, pad), (pad, pad), (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(wide, (H, W), axis=(1, 2))
    top, left = rng.integers(2 * pad, size=(2, n), endpoint=True)
    pieces = np.moveaxis(windows[np.arange(n), top, left], 1, -1)  # (n, H, W, channels)
    mirror = rng.choice([True, False], size=n)
    return np.where(mirror[:, None, None, None], pieces[:, :, ::-1], pieces)


# %% wrong residual_block: no ReLU after the addition
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.Add()([y, x])


# %% wrong residual_block: the batch norms keep the default momentum of 0.99
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
    return layers.ReLU()(layers.Add()([y, x]))


# %% wrong residual_block: the convolutions have biases
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same")(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same")(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([y, x]))


# %% wrong residual_block: the last ReLU comes before the addition
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.Add()([layers.ReLU()(y), x])


# %% wrong residual_block: the shortcut always has a convolution, also where the shape stays
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([y, x]))


# %% wrong residual_block: the shortcut has no batch norm
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.Add()([y, x]))


# %% wrong residual_block: the stride is in the second convolution
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.ReLU()(y)
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([y, x]))


# %% wrong residual_block: no ReLU between the two convolutions
def residual_block(x, filters, stride=1):
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization(momentum=0.9)(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride != 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([y, x]))


# %% right residual_block: F as a nested Sequential, added with +
def conv_bn(filters, size, stride=1):
    return [layers.Conv2D(filters, size, stride, "same", use_bias=False),
            layers.BatchNormalization(momentum=0.9)]

def residual_block(x, filters, stride=1):
    f = keras.Sequential([*conv_bn(filters, 3, stride), layers.Activation("relu"),
                          *conv_bn(filters, 3)])
    shortcut = x
    if stride > 1 or x.shape[-1] != filters:
        shortcut = keras.Sequential(conv_bn(filters, 1, stride))(x)
    return keras.ops.relu(f(x) + shortcut)


# %% right residual_block: compares the shapes after F
def residual_block(x, filters, stride=1):
    def conv_norm(t, size, s):
        t = layers.Conv2D(filters, (size, size), strides=(s, s), padding="same",
                          use_bias=False)(t)
        return layers.BatchNormalization(momentum=0.9)(t)

    out = conv_norm(x, 3, stride)
    out = layers.Activation("relu")(out)
    out = conv_norm(out, 3, 1)
    if stride == 1 and x.shape[-1] == out.shape[-1]:
        way_around = x
    else:
        way_around = conv_norm(x, 1, stride)
    return layers.Activation("relu")(layers.add([way_around, out]))


# %% wrong inception_block: whole 3×3 convolutions instead of the factorised pairs
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization(momentum=0.9)(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(t, 3, 3)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(pair(conv(x, 1, 1)))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% wrong inception_block: every branch has all the filters, so the output has four times as many
def inception_block(x, filters):
    width = filters

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization(momentum=0.9)(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(pair(conv(x, 1, 1)))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% wrong inception_block: the batch norms keep the default momentum
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization()(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(pair(conv(x, 1, 1)))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% wrong inception_block: max instead of average pooling
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization(momentum=0.9)(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(pair(conv(x, 1, 1)))
    four = conv(layers.MaxPooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% wrong inception_block: the third branch has only one pair
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization(momentum=0.9)(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(conv(x, 1, 1))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% wrong inception_block: the pooling branch comes first in the concatenation
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization(momentum=0.9)(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(pair(conv(x, 1, 1)))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([four, one, two, three])


# %% wrong inception_block: no ReLU after the convolutions
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        return layers.BatchNormalization(momentum=0.9)(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(conv(x, 1, 1))
    three = pair(pair(conv(x, 1, 1)))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% wrong inception_block: no 1×1 before the pairs of the second and third branch
def inception_block(x, filters):
    width = filters // 4

    def conv(t, height, across):
        t = layers.Conv2D(width, (height, across), padding="same", use_bias=False)(t)
        t = layers.BatchNormalization(momentum=0.9)(t)
        return layers.ReLU()(t)

    def pair(t):
        return conv(conv(t, 1, 3), 3, 1)

    one = conv(x, 1, 1)
    two = pair(x)
    three = pair(pair(x))
    four = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return layers.Concatenate()([one, two, three, four])


# %% right inception_block: branches as lists of window sizes
def inception_block(x, filters):
    branches = [[(1, 1)], [(1, 1), (1, 3), (3, 1)],
                [(1, 1), (1, 3), (3, 1), (1, 3), (3, 1)], ["pool", (1, 1)]]
    ends = []
    for branch in branches:
        t = x
        for window in branch:
            if window == "pool":
                t = layers.AvgPool2D(3, 1, "same")(t)
                continue
            t = layers.Conv2D(filters // 4, window, padding="same", use_bias=False)(t)
            t = layers.BatchNormalization(momentum=0.9)(t)
            t = layers.Activation("relu")(t)
        ends.append(t)
    return layers.concatenate(ends)


# %% right inception_block: each branch a nested Sequential
def unit(filters, *window):
    return keras.Sequential([
        layers.Conv2D(filters, window, padding="same", use_bias=False),
        layers.BatchNormalization(momentum=0.9), layers.ReLU()])

def inception_block(x, filters):
    f = int(filters / 4)
    a = unit(f, 1, 1)(x)
    b = keras.Sequential([unit(f, 1, 1), unit(f, 1, 3), unit(f, 3, 1)])(x)
    c = keras.Sequential([unit(f, 1, 1), unit(f, 1, 3), unit(f, 3, 1),
                          unit(f, 1, 3), unit(f, 3, 1)])(x)
    d = keras.Sequential([layers.AveragePooling2D((3, 3), strides=(1, 1), padding="same"),
                          unit(f, 1, 1)])(x)
    return keras.ops.concatenate([a, b, c, d], axis=-1)


# %% wrong make_modern_model: a softmax at the end
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D(2)(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(x))


# %% wrong make_modern_model: far more than 700,000 parameters
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(64, 3, padding="same", use_bias=False)(inputs)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(x))
    for filters in (64, 128, 256):
        x = residual_block(x, filters, stride=2)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% wrong make_modern_model: dropout acts in inference, too
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D(2)(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x, training=True)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% wrong make_modern_model: no global pooling, so logits for a grid of places
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D(2)(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% wrong make_modern_model: a ReLU on the logits
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D(2)(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(10, activation="relu")(x))


# %% wrong make_modern_model: a 1×1 convolution with stride 2 at the start skips three of four pixels
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 1, strides=2, use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% wrong make_modern_model: takes the top left place instead of a global pooling, which doesn't see the whole image
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9)(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D(2)(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
    x = x[:, 0, 0]
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% wrong make_modern_model: the batch norms are frozen, so their weights never learn
def make_modern_model():
    inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", use_bias=False)(inputs)
    x = layers.BatchNormalization(momentum=0.9, trainable=False)(x)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D(2)(x)
    for filters in (48, 96, 160):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9, trainable=False)(x)
        x = layers.ReLU()(x)
        x = layers.MaxPooling2D(2)(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% right make_modern_model: separable convolutions and a residual block
def make_modern_model():
    x = inputs = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    for filters in (64, 128):
        x = residual_block(x, filters, stride=2)
    x = layers.SeparableConv2D(200, 3, padding="same", activation="elu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(10)(x))


# %% right make_modern_model: a Sequential without batch norms, flatten at the end, compiled
def make_modern_model():
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for filters in (32, 64, 96, 128):
        model.add(layers.Conv2D(filters, 3, padding="same", activation="gelu"))
        model.add(layers.AveragePooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.3))
    model.add(layers.Dense(64, activation="gelu"))
    model.add(layers.Dense(10, activation="linear"))
    model.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
    return model


# %% wrong one_cycle: an if looks at the step, which fails for a tensor inside fit
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    if step <= top:
        return peak * step / top
    return peak * (total_steps - step) / (total_steps - top)


# %% wrong one_cycle: the larger of the two lines instead of the smaller
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    up = step / top
    down = (total_steps - step) / (total_steps - top)
    return peak * keras.ops.maximum(up, down)


# %% wrong one_cycle: stays at the peak after the warm-up
def one_cycle(step, total_steps, peak, warmup=0.3):
    return peak * keras.ops.minimum(step / (warmup * total_steps), 1.0)


# %% wrong one_cycle: the way down takes all steps, so it doesn't end at 0
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    up = step / top
    down = 1 - (step - top) / total_steps
    return peak * keras.ops.minimum(up, down)


# %% wrong one_cycle: comes down along a cosine
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    part = keras.ops.maximum((step - top) / (total_steps - top), 0.0)
    down = 0.5 * (1 + keras.ops.cos(np.pi * part))
    return peak * keras.ops.minimum(step / top, down)


# %% wrong one_cycle: the peak is forgotten, the rate goes from 0 to 1
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    up = step / top
    down = (total_steps - step) / (total_steps - top)
    return keras.ops.minimum(up, down)


# %% wrong one_cycle: the warm-up is rounded down to whole steps
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = max(int(warmup * total_steps), 1)
    up = step / top
    down = (total_steps - step) / (total_steps - top)
    return peak * keras.ops.minimum(up, down)


# %% wrong one_cycle: starts from a tenth of the peak instead of 0
def one_cycle(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    up = 0.1 + 0.9 * step / top
    down = (total_steps - step) / (total_steps - top)
    return peak * keras.ops.minimum(up, down)


# %% right one_cycle: where
def one_cycle(step, total_steps, peak, warmup=0.3):
    turn = total_steps * warmup
    rising = step * (peak / turn)
    falling = peak - (step - turn) * (peak / (total_steps - turn))
    return keras.ops.where(step < turn, rising, falling)


# %% right one_cycle: a tent from an absolute value
def one_cycle(step, total_steps, peak, warmup=0.3):
    share = step / total_steps - warmup
    a, b = 1 / warmup, 1 / (1 - warmup)  # slopes
    return peak * (1 + (a - b) / 2 * share - (a + b) / 2 * keras.ops.abs(share))


# %% wrong build_stimulus_model: the network is called as a layer, so its own weights learn as well
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False)(ones)
    image = layers.Reshape(shape)(image)
    answer = model(image)[..., unit]
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: the network is frozen, but fit runs it in training mode, with dropout
def build_stimulus_model(model, unit):
    model.trainable = False
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False)(ones)
    image = layers.Reshape(shape)(image)
    answer = model(image, training=False)[..., unit]
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: the unit is taken on the second axis, a row of a grid
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False)(ones)
    image = layers.Reshape(shape)(image)
    answer = layers.Lambda(lambda t: model(t, training=False)[:, unit])(image)
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: a bias in the dense layer: a second trainable weight
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)))(ones)
    image = layers.Reshape(shape)(image)
    answer = layers.Lambda(lambda t: model(t, training=False)[..., unit])(image)
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: the answers of a grid are averaged
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False)(ones)
    image = layers.Reshape(shape)(image)
    answer = layers.Lambda(lambda t: model(t, training=False)[..., unit])(image)
    if len(answer.shape) > 1:
        answer = keras.ops.mean(answer, axis=(1, 2))
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: the unit keeps an axis of its own
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False)(ones)
    image = layers.Reshape(shape)(image)
    answer = layers.Lambda(lambda t: model(t, training=False)[..., unit:unit + 1])(image)
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: minus the answer
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False)(ones)
    image = layers.Reshape(shape)(image)
    answer = layers.Lambda(lambda t: -model(t, training=False)[..., unit])(image)
    return keras.Model(ones, answer)


# %% wrong build_stimulus_model: a tanh squeezes the image, so the kernel is not the image
def build_stimulus_model(model, unit):
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    image = layers.Dense(int(np.prod(shape)), use_bias=False, activation="tanh")(ones)
    image = layers.Reshape(shape)(image)
    answer = layers.Lambda(lambda t: model(t, training=False)[..., unit])(image)
    return keras.Model(ones, answer)


# %% right build_stimulus_model: a layer of its own calls the network
def build_stimulus_model(model, unit):
    class Answer(layers.Layer):
        def call(self, pixels):
            out = network(pixels)
            return keras.ops.take(out, unit, axis=-1)

        def compute_output_shape(self, shape):
            return model.output_shape[:-1]

    network = lambda pixels: model(pixels, training=False)
    side = model.input_shape[1:]
    return keras.Sequential([
        keras.Input((1,)), layers.Dense(math.prod(side), use_bias=False),
        layers.Reshape(side), Answer()])


# %% right build_stimulus_model: a dense layer that starts near zero, reshaped inside the Lambda
def build_stimulus_model(model, unit):
    shape = tuple(model.input_shape[1:])
    start = keras.initializers.RandomNormal(stddev=0.05)

    def answer(pixels):
        image = keras.ops.reshape(pixels, (-1, *shape))
        return model(image, training=False)[..., unit]

    inputs = keras.Input(shape=(1,))
    pixels = layers.Dense(int(np.prod(shape)), use_bias=False, kernel_initializer=start)(inputs)
    return keras.Model(inputs, layers.Lambda(answer)(pixels))


# %% wrong image_center_crop: the square at the top left, not in the middle
def image_center_crop(image):
    H, W = image.shape[:2]
    S = min(H, W)
    top, left = 0, 0
    return image[top:top + S, left:left + S]


# %% wrong image_center_crop: slices from top to minus top, which is empty at 0
def image_center_crop(image):
    H, W = image.shape[:2]
    S = min(H, W)
    top, left = (H - S) // 2, (W - S) // 2
    return image[top:-top, left:-left]


# %% wrong image_center_crop: the odd row or column is cut at the top or the left
def image_center_crop(image):
    H, W = image.shape[:2]
    S = min(H, W)
    top, left = (H - S + 1) // 2, (W - S + 1) // 2
    return image[top:top + S, left:left + S]


# %% wrong image_center_crop: half a side around the centre, so an odd side loses a pixel
def image_center_crop(image):
    H, W = image.shape[:2]
    half = min(H, W) // 2
    return image[H // 2 - half:H // 2 + half, W // 2 - half:W // 2 + half]


# %% wrong image_center_crop: cuts columns only, a tall image stays tall
def image_center_crop(image):
    H, W = image.shape[:2]
    left = max(W - H, 0) // 2
    return image[:, left:left + H]


# %% wrong image_center_crop: what is left over of rows and of columns is swapped
def image_center_crop(image):
    H, W = image.shape[:2]
    S = min(H, W)
    left, top = (H - S) // 2, (W - S) // 2
    return image[top:top + S, left:left + S]


# %% wrong image_center_crop: returns float32, whatever the dtype
def image_center_crop(image):
    H, W = image.shape[:2]
    S = min(H, W)
    top, left = (H - S) // 2, (W - S) // 2
    return image[top:top + S, left:left + S].astype("float32")


# %% wrong image_center_crop: squeezes the image into a square instead of cutting
def image_center_crop(image):
    S = min(image.shape[:2])
    rows = np.arange(S) * image.shape[0] // S
    cols = np.arange(S) * image.shape[1] // S
    return image[rows][:, cols]


# %% right image_center_crop: take along both axes
def image_center_crop(image):
    S = min(image.shape[0], image.shape[1])
    for axis in (0, 1):
        first = (image.shape[axis] - S) // 2
        image = image.take(range(first, first + S), axis=axis)
    return image


# %% right image_center_crop: takes off a line at a time, at the end first
def image_center_crop(image):
    at_end = True
    while image.shape[0] != image.shape[1]:
        cut = slice(None, -1) if at_end else slice(1, None)
        image = image[cut] if image.shape[0] > image.shape[1] else image[:, cut]
        at_end = not at_end
    return image.copy()


# %% wrong batch_generator: the shorter last list is lost
def batch_generator(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []


# %% wrong batch_generator: needs a length and slices, so generators fail
def batch_generator(items, batch_size):
    for start in range(0, len(items), batch_size):
        yield items[start:start + batch_size]


# %% wrong batch_generator: reads all items before the first batch
def batch_generator(items, batch_size):
    items = list(items)
    for start in range(0, len(items), batch_size):
        yield items[start:start + batch_size]


# %% wrong batch_generator: an empty list at the end, where the batches come out even
def batch_generator(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch = []
    yield batch


# %% wrong batch_generator: empties the list that it has handed out
def batch_generator(items, batch_size):
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == batch_size:
            yield batch
            batch.clear()
    if batch:
        yield batch


# %% wrong batch_generator: takes one item more than the batch before it hands it out
def batch_generator(items, batch_size):
    batch = []
    for item in items:
        if len(batch) == batch_size:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


# %% wrong batch_generator: yields tuples
def batch_generator(items, batch_size):
    items = iter(items)
    while batch := tuple(itertools.islice(items, batch_size)):
        yield batch


# %% wrong batch_generator: fills the last list up with None
def batch_generator(items, batch_size):
    for batch in itertools.zip_longest(*[iter(items)] * batch_size):
        yield list(batch)


# %% right batch_generator: islice until it is empty
def batch_generator(items, batch_size):
    source = iter(items)
    yield from iter(lambda: list(itertools.islice(source, batch_size)), [])


# %% right batch_generator: next in a while loop
def batch_generator(items, batch_size):
    source, more = iter(items), True
    while more:
        batch = []
        while len(batch) < batch_size:
            try:
                batch.append(next(source))
            except StopIteration:
                more = False
                break
        if len(batch) > 0:
            yield batch


# %% wrong build_classifier: a softmax at the end
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=shape)
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(shape)
    x = base(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes, activation="softmax")(x))


# %% wrong build_classifier: the batch norms aren't frozen
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=shape)
    inputs = keras.Input(shape)
    x = base(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: the base is called with training=False, but its batch norms aren't frozen
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=shape)
    inputs = keras.Input(shape)
    x = base(inputs, training=False)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: the head is put on base.output, so the base is no layer of the model
def build_classifier(num_classes, image_size, weights):
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=(image_size, image_size, 3))
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    x = layers.GlobalAveragePooling2D()(base.output)
    return keras.Model(base.input, layers.Dense(num_classes)(x))


# %% wrong build_classifier: global max pooling
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=shape)
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(shape)
    x = base(inputs)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: the weights are ignored
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=None,
                                          input_shape=shape)
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(shape)
    x = base(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: looks for batch norms by "bn" in the name and finds none
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=shape)
    for layer in base.layers:
        if "bn" in layer.name:
            layer.trainable = False
    inputs = keras.Input(shape)
    x = base(inputs)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% wrong build_classifier: scales the pixels again, which are already -1 to 1
def build_classifier(num_classes, image_size, weights):
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights,
                                          input_shape=shape)
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    inputs = keras.Input(shape)
    x = base(layers.Rescaling(1 / 127.5, offset=-1)(inputs))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, layers.Dense(num_classes)(x))


# %% right build_classifier: a Sequential
def build_classifier(num_classes, image_size, weights):
    base = keras.applications.InceptionV3(
        include_top=False, weights=weights, input_shape=(image_size, image_size, 3))
    model = keras.Sequential([keras.Input((image_size, image_size, 3)), base,
                              layers.GlobalAveragePooling2D(), layers.Dense(num_classes)])
    for part in base.layers:
        part.trainable = not isinstance(part, layers.BatchNormalization)
    return model


# %% right build_classifier: pooling that keeps the axes, then flatten; compiled
def build_classifier(num_classes, image_size, weights):
    base = keras.applications.InceptionV3(
        weights=weights, include_top=False, input_tensor=None,
        input_shape=(image_size, image_size, 3))
    norms = [l for l in base.layers if type(l).__name__ == "BatchNormalization"]
    for norm in norms:
        norm.trainable = False
    photo = keras.Input(shape=(image_size, image_size, 3), name="photo")
    grid = base(photo)
    pooled = layers.Flatten()(layers.GlobalAveragePooling2D(keepdims=True)(grid))
    model = keras.Model(photo, layers.Dense(num_classes, activation=None)(pooled))
    model.compile("sgd", keras.losses.CategoricalCrossentropy(from_logits=True))
    return model


# %% wrong freeze_for_head: freezes the base, but a head that comes frozen stays so
def freeze_for_head(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            layer.trainable = False
    return model


# %% wrong freeze_for_head: makes the model trainable last, which unfreezes the base again
def freeze_for_head(model):
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    base.trainable = False
    model.trainable = True
    return model


# %% wrong freeze_for_head: freezes the whole model, and then unfreezes the last layer inside it
def freeze_for_head(model):
    model.trainable = False
    model.layers[-1].trainable = True
    return model


# %% wrong freeze_for_head: all but the last layer are frozen, also other layers of the head
def freeze_for_head(model):
    model.trainable = True
    for layer in model.layers[:-1]:
        layer.trainable = False
    return model


# %% wrong freeze_for_head: returns nothing
def freeze_for_head(model):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
        if isinstance(layer, keras.Model):
            layer.trainable = False


# %% wrong freeze_for_head: takes the second layer for the base, wherever it is
def freeze_for_head(model):
    model.trainable = True
    model.layers[1].trainable = False
    return model


# %% wrong freeze_for_head: only the convolutions of the base are frozen
def freeze_for_head(model):
    model.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    for layer in base.layers:
        if isinstance(layer, layers.Conv2D):
            layer.trainable = False
    return model


# %% wrong freeze_for_head: looks for the base by InceptionV3's name
def freeze_for_head(model):
    model.trainable = True
    for layer in model.layers:
        if layer.name == "inception_v3":
            layer.trainable = False
    return model


# %% right freeze_for_head: first all, then a comprehension
def freeze_for_head(model):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    [base] = [layer for layer in model.layers if isinstance(layer, keras.Model)]
    base.trainable = False
    return model


# %% right freeze_for_head: freezes the base and each layer in it
def freeze_for_head(model):
    model.trainable = True
    for part in model.layers:
        is_base = isinstance(part, keras.models.Model)
        part.trainable = not is_base
        for inner in (part.layers if is_base else []):
            inner.trainable = False
    return model


# %% wrong unfreeze_top: a slice from minus 0 unfreezes the whole base
def unfreeze_top(model, num_layers):
    model.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    base.trainable = True
    for layer in base.layers:
        layer.trainable = False
    for layer in base.layers[-num_layers:]:
        if not isinstance(layer, layers.BatchNormalization):
            layer.trainable = True
    return model


# %% wrong unfreeze_top: the batch norms of the top learn, too
def unfreeze_top(model, num_layers):
    for part in (model, *model.layers):
        part.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    first = len(base.layers) - num_layers
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= first
    return model


# %% wrong unfreeze_top: the base as a whole stays frozen, so none of its layers learn
def unfreeze_top(model, num_layers):
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    first = len(base.layers) - num_layers
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= first and not is_norm
    return model


# %% wrong unfreeze_top: one layer too many learns
def unfreeze_top(model, num_layers):
    for part in (model, *model.layers):
        part.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    first = len(base.layers) - num_layers
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= first - 1 and not is_norm
    return model


# %% wrong unfreeze_top: counts the model's layers instead of the base's
def unfreeze_top(model, num_layers):
    model.trainable = True
    first = len(model.layers) - num_layers
    for number, layer in enumerate(model.layers):
        layer.trainable = number >= first
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    for layer in base.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.trainable = False
    return model


# %% wrong unfreeze_top: counts only layers that have weights
def unfreeze_top(model, num_layers):
    for part in (model, *model.layers):
        part.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    weighted = [layer for layer in base.layers if layer.weights]
    first = len(weighted) - num_layers
    for number, layer in enumerate(weighted):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= first and not is_norm
    return model


# %% wrong unfreeze_top: the first layers of the base learn instead of the last
def unfreeze_top(model, num_layers):
    for part in (model, *model.layers):
        part.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    first = len(base.layers) - num_layers
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number < num_layers and not is_norm
    return model


# %% wrong unfreeze_top: returns the base instead of the model
def unfreeze_top(model, num_layers):
    for part in (model, *model.layers):
        part.trainable = True
    base = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    first = len(base.layers) - num_layers
    for number, layer in enumerate(base.layers):
        is_norm = isinstance(layer, layers.BatchNormalization)
        layer.trainable = number >= first and not is_norm
    return base


# %% right unfreeze_top: two loops from the start
def unfreeze_top(model, num_layers):
    model.trainable = True
    for part in model.layers:
        part.trainable = True
        if isinstance(part, keras.Model):
            cut = len(part.layers) - num_layers
            for layer in part.layers[:cut]:
                layer.trainable = False
            for layer in part.layers[cut:]:
                layer.trainable = not isinstance(layer, layers.BatchNormalization)
    return model


# %% right unfreeze_top: counts down from the end
def unfreeze_top(model, num_layers):
    freeze_for_head(model)
    base = next(filter(lambda part: isinstance(part, keras.Model), model.layers))
    base.trainable = True
    left = num_layers
    for layer in reversed(base.layers):
        layer.trainable = left > 0 and not isinstance(layer, keras.layers.BatchNormalization)
        left -= 1
    return model


# %% wrong field_and_weights: strides are ignored
def field_and_weights(stack, channels=3):
    field, weights = 1, 0
    for kernel, stride, filters in stack:
        field = field + kernel - 1
        if filters:
            weights = weights + kernel * kernel * channels * filters + filters
            channels = filters
    return field, weights


# %% wrong field_and_weights: the own stride counts already
def field_and_weights(stack, channels=3):
    field = 1
    step = 1
    total = 0
    for k, s, f in stack:
        step *= s
        field += (k - 1) * step
        if f is not None:
            total += f * (k * k * channels + 1)
            channels = f
    return field, total


# %% wrong field_and_weights: no biases
def field_and_weights(stack, channels=3):
    field, jump, n = 1, 1, 0
    for k, s, f in stack:
        field += (k - 1) * jump
        jump *= s
        if f is None:
            continue
        n += k**2 * channels * f
        channels = f
    return field, n


# %% wrong field_and_weights: the image's channels for every layer
def field_and_weights(stack, channels=3):
    field, jump, n = 1, 1, 0
    for k, s, f in stack:
        field += (k - 1) * jump
        jump *= s
        if f is not None:
            n += (k * k * channels + 1) * f
    return field, n


# %% wrong field_and_weights: a pooling is skipped altogether
def field_and_weights(stack, channels=3):
    field, jump, n = 1, 1, 0
    for k, s, f in stack:
        if f is None:
            continue
        field += (k - 1) * jump
        jump *= s
        n += (k * k * channels + 1) * f
        channels = f
    return field, n


# %% wrong field_and_weights: walks down, but adds before it stretches
def field_and_weights(stack, channels=3):
    field = 1
    for k, s, f in stack[::-1]:
        field = (field + k - 1) * s
    n = 0
    for k, s, f in stack:
        if f:
            n += (k * k * channels + 1) * f
            channels = f
    return field, n


# %% right field_and_weights: two helper loops with NumPy
def field_and_weights(stack, channels=3):
    kernels = np.array([layer[0] for layer in stack], dtype=int)
    strides = np.array([layer[1] for layer in stack], dtype=int)
    jumps = np.cumprod(np.concatenate([[1], strides]))[:-1] if len(stack) else np.array([], int)
    field = 1 + np.sum((kernels - 1) * jumps)
    weights = 0
    for kernel, _, filters in stack:
        if filters is not None:
            weights += kernel**2 * channels * filters + filters
            channels = filters
    return field, weights


# %% right field_and_weights: recursive
def field_and_weights(stack, channels=3):
    def field_of(part):
        if not part:
            return 1
        return field_of(part[1:]) * part[0][1] + part[0][0] - part[0][1]

    total = 0
    for k, _, f in stack:
        if f is None:
            continue
        total += f * k * k * channels
        total += f
        channels = f
    return (field_of(list(stack)), total)


# %% wrong train_classifier: the loss never hears of logits
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    h = model.fit(
        batches, epochs=epochs, validation_data=validation, callbacks=callbacks, verbose=0
    )
    return h.history


# %% wrong train_classifier: smoothing forgotten
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    loss = keras.losses.CategoricalCrossentropy(from_logits=from_logits)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    h = model.fit(
        batches, epochs=epochs, validation_data=validation, callbacks=callbacks, verbose=0
    )
    return h.history


# %% wrong train_classifier: returns the History object
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    model.compile(
        optimizer,
        keras.losses.CategoricalCrossentropy(from_logits=from_logits, label_smoothing=smoothing),
        metrics=["accuracy"],
    )
    return model.fit(batches, epochs=epochs, validation_data=validation, callbacks=callbacks)


# %% wrong train_classifier: no metrics
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    loss = keras.losses.CategoricalCrossentropy(from_logits=from_logits, label_smoothing=smoothing)
    model.compile(optimizer, loss)
    return model.fit(
        batches, epochs=epochs, validation_data=validation, callbacks=callbacks, verbose=0
    ).history


# %% wrong train_classifier: labels taken for integers
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)
    model.compile(optimizer, loss, metrics=["accuracy"])
    return model.fit(
        batches, epochs=epochs, validation_data=validation, callbacks=callbacks, verbose=0
    ).history


# %% right train_classifier: keywords, and a list of callbacks
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    model.compile(
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=from_logits, label_smoothing=smoothing
        ),
        optimizer=optimizer,
        metrics=[keras.metrics.CategoricalAccuracy("accuracy")],
    )
    fitted = model.fit(
        x=batches,
        epochs=epochs,
        shuffle=False,
        callbacks=[*callbacks],
        validation_data=validation,
    )
    return fitted.history


# %% right train_classifier: validation only if there is any
def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    loss = keras.losses.CategoricalCrossentropy(from_logits=from_logits, label_smoothing=smoothing)
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    extra = {}
    if validation is not None:
        x, y = validation
        extra["validation_data"] = (x, y)
    model.fit(batches, epochs=epochs, callbacks=list(callbacks), verbose=0, **extra)
    return model.history.history


# %% wrong ablate: changes the dictionary that it got
def ablate(settings, off, trick, measure, seeds):
    result = []
    for seed in seeds:
        full = measure(settings, seed)
        settings[trick] = off[trick]
        part = measure(settings, seed)
        result.append(full - part)
    return result


# %% wrong ablate: everything off
def ablate(settings, off, trick, measure, seeds):
    return [measure(settings, s) - measure(off, s) for s in seeds]


# %% wrong ablate: the wrong way round
def ablate(settings, off, trick, measure, seeds):
    ablated = dict(settings)
    ablated[trick] = off[trick]
    return [measure(ablated, s) - measure(settings, s) for s in seeds]


# %% wrong ablate: returns a mean
def ablate(settings, off, trick, measure, seeds):
    ablated = dict(settings, **{trick: off[trick]})
    return sum(measure(settings, s) - measure(ablated, s) for s in seeds) / len(seeds)


# %% wrong ablate: sets the trick to False
def ablate(settings, off, trick, measure, seeds):
    ablated = dict(settings)
    ablated[trick] = False
    return [measure(settings, s) - measure(ablated, s) for s in seeds]


# %% wrong ablate: the first training alone is seeded as asked
def ablate(settings, off, trick, measure, seeds):
    ablated = dict(settings)
    ablated[trick] = off[trick]
    return [measure(settings, s) - measure(ablated, 0) for s in seeds]


# %% right ablate: by a merged dictionary, as an array
def ablate(settings, off, trick, measure, seeds):
    ablated = settings | {trick: off[trick]}
    gains = np.zeros(len(seeds))
    for i, seed in enumerate(seeds):
        gains[i] = measure(settings, seed) - measure(ablated, seed)
    return gains


# %% right ablate: by a comprehension over the names
def ablate(settings, off, trick, measure, seeds):
    without = {name: off[name] if name == trick else settings[name] for name in settings}
    result = []
    for seed in seeds:
        result.append(measure(settings, seed) - measure(without, seed))
    return result
