"""Reference solutions of week 3. Stuck? Open the hints in the notebook first."""

import math
from itertools import islice

import keras
import numpy as np


def normalize_images(images):
    """Return images as small numbers around zero: pixel / 255 − 0.5.

    images: uint8 array of any shape, 0 to 255. Returns float32 of that shape, −0.5 to 0.5.
    """
    return images.astype("float32") / 255 - 0.5


def one_hot(labels, num_classes):
    """Return one row per label: 1 in the label's own column, 0 elsewhere.

    labels: (n,) integers, 0 to num_classes − 1; num_classes: int.
    Returns (n, num_classes) float32.
    """
    return np.eye(num_classes, dtype="float32")[labels]


def conv2d_naive(x, kernel, bias, stride=1, padding="same"):
    """Return what a convolution layer computes, without its activation.

    An output pixel is the sum of window · kernel over the window's rows, columns and channels,
    plus the bias. Windows start every `stride` pixels. padding "valid": only windows that fit.
    "same": zeros around the image, so that ⌈H / stride⌉ windows fit down and ⌈W / stride⌉
    across; the fewest zeros that do, shared out evenly, an odd one below and to the right.

    x: (n, H, W, channels) float; kernel: (kernel height, kernel width, channels, filters)
    float; bias: (filters,) float; stride: int. Returns (n, new H, new W, filters) float.
    """
    (height, width), (kernel_height, kernel_width) = x.shape[1:3], kernel.shape[:2]
    if padding == "same":
        down = max((math.ceil(height / stride) - 1) * stride + kernel_height - height, 0)
        across = max((math.ceil(width / stride) - 1) * stride + kernel_width - width, 0)
        zeros = [(0, 0), (down // 2, down - down // 2), (across // 2, across - across // 2), (0, 0)]
        x = np.pad(x, zeros)
    rows = range(0, x.shape[1] - kernel_height + 1, stride)
    columns = range(0, x.shape[2] - kernel_width + 1, stride)
    result = np.empty((len(x), len(rows), len(columns), kernel.shape[-1]))
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            window = x[:, row : row + kernel_height, column : column + kernel_width]
            result[:, i, j] = np.tensordot(window, kernel, axes=3) + bias
    return result


def max_pool_naive(x, size=2):
    """Return the largest value of each window of size × size pixels; windows don't overlap.

    Rows and columns that are left over at the bottom and at the right are dropped.
    x: (n, H, W, channels) float; size: int. Returns (n, H // size, W // size, channels) float.
    """
    height, width = x.shape[1] // size, x.shape[2] // size
    x = x[:, : height * size, : width * size]
    return x.reshape(len(x), height, size, width, size, -1).max(axis=(2, 4))


def field_and_weights(stack, channels=3):
    """Return how many pixels wide a unit of the last layer sees, and the number of weights.

    stack: list of layers, from the image up, each a tuple (kernel, stride, filters). Kernels
    are kernel × kernel; filters is an int for a convolution, each of them with a bias, and None
    for a pooling. An empty list is the image itself. channels: int, of the image.
    Returns (field, weights), two ints.
    """
    field, jump, weights = 1, 1, 0  # jump: how many pixels lie between neighbours
    for kernel, stride, filters in stack:
        field += (kernel - 1) * jump
        jump *= stride
        if filters is not None:
            weights += (kernel * kernel * channels + 1) * filters
            channels = filters
    return field, weights


def make_model():
    """Return the network of 2017: 1,084,234 parameters.

    Two stages, then two dense layers. Stage 1: convolutions of 16 and 32 filters; stage 2: of
    32 and 64. Each is 3×3, "same", with a LeakyReLU of slope 0.1 after it. A stage ends in a
    2×2 max pooling and a dropout of 0.25. Then flatten, a dense layer of 256 units with the
    same LeakyReLU, a dropout of 0.5, and a dense layer of 10 units with a softmax.

    Returns a keras.Model: (n, 32, 32, 3) float -> (n, 10) probabilities.
    """
    layers = keras.layers
    model = keras.Sequential([keras.Input((32, 32, 3))])
    for filters in ((16, 32), (32, 64)):
        for number in filters:
            model.add(layers.Conv2D(number, 3, padding="same"))
            model.add(layers.LeakyReLU(negative_slope=0.1))
        model.add(layers.MaxPooling2D())
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(256))
    model.add(layers.LeakyReLU(negative_slope=0.1))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    return model


def train_classifier(
    model, optimizer, batches, epochs, validation, from_logits=True, smoothing=0.0, callbacks=()
):
    """Compile a classifier, train it, and return its history: {name: a float for each epoch}.

    The loss is the categorical cross-entropy with label smoothing. The names in the history
    are "loss", "accuracy" and, with validation, "val_loss" and "val_accuracy".

    model: keras.Model, which gives logits, or probabilities if from_logits is False; optimizer:
    a Keras optimizer; batches: keras.utils.PyDataset, whose batches (images, one-hot labels)
    make an epoch; validation: (images, one-hot labels), or None; smoothing: float, of the
    labels; callbacks: list of Keras callbacks.
    """
    loss = keras.losses.CategoricalCrossentropy(from_logits, smoothing)
    model.compile(optimizer, loss, metrics=["accuracy"])
    history = model.fit(
        batches, epochs=epochs, validation_data=validation, callbacks=list(callbacks), verbose=0
    )
    return history.history


def augment(images, rng, pad=4):
    """Return each image shifted and perhaps mirrored: another picture of the same thing.

    Put `pad` rows and columns of zeros around each image, cut out a piece of the old size at a
    random place, and mirror it left to right with probability ½. Each image draws its own place
    and its own mirroring.

    images: (n, H, W, channels) array; rng: numpy.random.Generator, the only source of chance;
    pad: int, 0 for no shift. Returns a new array of the same shape and dtype.
    """
    n, height, width, _ = images.shape
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    rows = rng.integers(0, 2 * pad + 1, size=(n, 1)) + np.arange(height)  # (n, height)
    columns = rng.integers(0, 2 * pad + 1, size=(n, 1)) + np.arange(width)  # (n, width)
    columns = np.where(rng.random((n, 1)) < 0.5, columns[:, ::-1], columns)
    return padded[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]


def residual_block(x, filters, stride=1):
    """Add a residual block to a network: relu(F(x) + x). He et al. (2015).

    F: 3×3 convolution with the stride, batch norm, ReLU, 3×3 convolution, batch norm. Where F
    changes the shape, a 1×1 convolution with the stride and a batch norm bring x to the same
    shape; else x is added as it is. Convolutions are "same" and without bias; batch norms have
    a momentum of 0.9, so that their running means follow a short training.

    x: Keras tensor (n, H, W, channels); filters, stride: int.
    Returns a Keras tensor (n, ⌈H / stride⌉, ⌈W / stride⌉, filters).
    """
    layers = keras.layers
    y = layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(x)
    y = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(y))
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization(momentum=0.9)(y)
    if stride > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(layers.Add()([x, y]))


def one_cycle(step, total_steps, peak, warmup=0.3):
    """Return the learning rate at a step: straight from 0 up to the peak, and down to 0.

    Smith (2018). Inside `fit` the step is a tensor, and no `if` can look into it.

    step: number or float Keras tensor, 0 to total_steps; total_steps: int; peak: float, reached
    when the share `warmup` of the steps is over; warmup: float, more than 0 and less than 1.
    Returns a number or scalar tensor.
    """
    done = step / total_steps
    return peak * keras.ops.minimum(done / warmup, (1 - done) / (1 - warmup))


def inception_block(x, filters):
    """Add an inception block to a network: four views of the same place, side by side.

    Each branch ends in filters / 4 channels, and so does each convolution in it:
    1. a 1×1 convolution;
    2. a 1×1, then a 3×3 that is factorised into a 1×3 and a 3×1;
    3. a 1×1, then two such pairs (1×3, 3×1, 1×3, 3×1), which see 5×5 pixels;
    4. an average pooling of 3×3 with stride 1, then a 1×1.
    All are "same"; each convolution has no bias, and is followed by a batch norm of momentum
    0.9 and a ReLU. The branches are joined along the channels, in this order. Szegedy et al.
    (2015).

    x: Keras tensor (n, H, W, channels); filters: int, a multiple of 4.
    Returns a Keras tensor (n, H, W, filters).
    """

    def convolve(y, height, width):
        y = keras.layers.Conv2D(filters // 4, (height, width), padding="same", use_bias=False)(y)
        return keras.layers.ReLU()(keras.layers.BatchNormalization(momentum=0.9)(y))

    def factorised(y):
        return convolve(convolve(y, 1, 3), 3, 1)

    narrow = convolve(x, 1, 1)
    medium = factorised(convolve(x, 1, 1))
    wide = factorised(factorised(convolve(x, 1, 1)))
    pooled = convolve(keras.layers.AveragePooling2D(3, strides=1, padding="same")(x), 1, 1)
    return keras.layers.Concatenate()([narrow, medium, wide, pooled])


def make_modern_model():
    """Return a network of your own. It may have at most 700,000 parameters.

    Its parts may be the blocks above or others. Every weight must be reached by the gradient,
    an output must see the whole image, and dropout, if there is any, acts in training only.

    Returns a keras.Model: (n, 32, 32, 3) float -> (n, 10) logits, without a softmax.
    """
    layers = keras.layers

    def convolve(x, filters):
        x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
        return layers.BatchNormalization(momentum=0.9, scale=False)(x)

    def halve(x, filters):
        return layers.Activation("silu")(layers.MaxPooling2D()(convolve(x, filters)))

    images = keras.Input((32, 32, 3))
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D()(x)  # (n, 16, 16, 32): small early
    x = halve(halve(x, 64), 128)  # (n, 4, 4, 128)
    x = layers.Add()([x, layers.Activation("silu")(convolve(x, 128))])
    x = layers.GlobalMaxPooling2D()(halve(x, 256))  # (n, 256)
    logits = layers.Dense(10)(x)
    return keras.Model(images, layers.Rescaling(1 / 9)(logits))  # small at first: a calm start


def ablate(settings, off, trick, measure, seeds):
    """Return what a trick gains in accuracy, for each seed: with all tricks minus without it.

    settings: dict, name of a trick → its value, all of them on; it must stay as it is.
    off: dict, name → the value that means "off". trick: str, one of the names. measure:
    function (settings, seed) → accuracy of a network trained anew. seeds: list of int.
    Returns one float per seed.
    """
    without = {**settings, trick: off[trick]}
    return [measure(settings, seed) - measure(without, seed) for seed in seeds]


def build_stimulus_model(model, unit):
    """Return a model: its only trainable weight is an image, its output a unit's response.

    So `fit` can change the image until the unit responds strongly. The network's own weights
    don't move, and it runs as in inference, also inside `fit`: without dropout.

    model: keras.Model, one row per image -> (n, units) or (n, height, width, units); unit: int,
    which of the last axis. Returns a keras.Model: (n, 1) ones -> (n,) or (n, height, width).
    The image is the kernel of a dense layer without bias, in the model's input shape.
    """
    shape = model.input_shape[1:]
    ones = keras.Input((1,))
    start = keras.initializers.RandomNormal(stddev=0.01)
    pixels = keras.layers.Dense(math.prod(shape), use_bias=False, kernel_initializer=start)(ones)
    image = keras.layers.Reshape(shape)(pixels)
    # In a Lambda the network is no part of the new model, and `fit` can't override the call.
    answer = keras.layers.Lambda(lambda x: model(x, training=False)[..., unit])(image)
    return keras.Model(ones, answer)


# --- Task 2: flowers


def image_center_crop(image):
    """Return the largest square in the middle of an image.

    Where an odd number of rows or columns has to go, one more is cut at the bottom or on the
    right.

    image: (H, W, C) array of any dtype. Returns (S, S, C) of the same dtype, S = min(H, W).
    """
    height, width = image.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return image[top : top + side, left : left + side]


def batch_generator(items, batch_size):
    """Yield the items in lists of batch_size, in order; the last list may be shorter.

    items: any iterable, also one that never ends: only the items of the batch that is asked for
    are taken from it. batch_size: int ≥ 1. Yields lists, never an empty one.
    """
    iterator = iter(items)
    while batch := list(islice(iterator, batch_size)):
        yield batch


def build_classifier(num_classes, image_size, weights):
    """Return InceptionV3 without its top, then global average pooling, then a dense layer.

    The base, `keras.applications.InceptionV3`, is one layer of the model. Its batch norms are
    frozen, so that they run in inference mode, also while `fit` trains.
    Szegedy et al. (2016), Rethinking the Inception architecture for computer vision.

    num_classes: int; image_size: int ≥ 75, height and width in pixels; weights: None for random
    ones, or the path of a file without the top, as `keras.applications` takes it.
    Returns a keras.Model, from (n, image_size, image_size, 3) float, −1 to 1, to
    (n, num_classes) logits.
    """
    shape = (image_size, image_size, 3)
    base = keras.applications.InceptionV3(include_top=False, weights=weights, input_shape=shape)
    for layer in base.layers:
        layer.trainable = not _is_batch_norm(layer)
    images = keras.Input(shape)
    features = keras.layers.GlobalAveragePooling2D()(base(images))
    return keras.Model(images, keras.layers.Dense(num_classes)(features))


def freeze_for_head(model):
    """Let only the head learn: freeze the whole base, and unfreeze all other layers.

    model: a keras.Model, one of whose layers, the base, is itself a keras.Model.
    Returns the same model, changed.
    """
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer is not _base_of(model)
    return model


def unfreeze_top(model, num_layers):
    """Let the last layers of the base learn as well as the head, except the base's batch norms.

    All layers of the base below them, and every `keras.layers.BatchNormalization` in it, are
    frozen; a frozen batch norm runs in inference mode.

    model: a keras.Model, one of whose layers, the base, is itself a keras.Model;
    num_layers: int, 0 to len(base.layers), counts all the base's layers from its end.
    Returns the same model, changed.
    """
    base = _base_of(model)
    model.trainable = base.trainable = True  # a frozen model hides the weights of all its layers
    first = len(base.layers) - num_layers
    for number, layer in enumerate(base.layers):
        layer.trainable = number >= first and not _is_batch_norm(layer)
    return model


def _base_of(model):
    return next(layer for layer in model.layers if isinstance(layer, keras.Model))


def _is_batch_norm(layer):
    return isinstance(layer, keras.layers.BatchNormalization)
