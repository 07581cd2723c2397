"""Check of `residual_block`: points, the mistakes people make, sound variants."""

import keras
from keras import layers

from ..check import new_check
from ._blocks import SLOW_AVERAGES

residual_block = new_check(__name__, points=2)


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
