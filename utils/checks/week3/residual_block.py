"""Check of `residual_block`: the two convolutions, the shortcut, and the sum."""

import keras
from keras import layers

from ..check import new_check
from ._blocks import SLOW_AVERAGES

residual_block = new_check(__name__, points=2)


@residual_block.alternative
def sum_the_other_way(
    x, filters, stride=1, bias=False, last_relu=True, first_relu=True, norm_shortcut=True,
    always_project=False, batch_norm=True, momentum=0.9, norm_after_sum=False,
    join=lambda y, x: layers.Add()([y, x]),
):  # fmt: skip
    def norm(y):
        return layers.BatchNormalization(momentum=momentum)(y) if batch_norm else y

    y = norm(layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=bias)(x))
    y = layers.ReLU()(y) if first_relu else y
    y = layers.Conv2D(filters, 3, padding="same", use_bias=bias)(y)
    y = y if norm_after_sum else norm(y)
    if always_project or stride > 1 or x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=bias)(x)
        x = norm(x) if norm_shortcut else x
    y = norm(join(y, x)) if norm_after_sum else join(y, x)
    return layers.ReLU()(y) if last_relu else y


residual_block.add_mistakes(
    sum_the_other_way,
    {
        "The input is never added: that sum is what makes the block residual.": {
            "join": lambda y, x: y
        },
        "The ReLU after the sum is missing.": {"last_relu": False},
        "The ReLU between the two convolutions is missing.": {"first_relu": False},
        "You put a 1×1 convolution on every shortcut; where the shapes agree, add x as it is.": {
            "always_project": True
        },
        "The shortcut's 1×1 convolution needs its own batch norm.": {"norm_shortcut": False},
        "Your convolutions have a bias; batch norm cancels it, so leave it out.": {"bias": True},
        "Batch norm is missing: one after each convolution.": {"batch_norm": False},
        SLOW_AVERAGES: {"momentum": 0.99},
        "You concatenated the channels; the two should be added, element by element.": {
            "join": lambda y, x: layers.Concatenate()([x, y])
        },
        "The input was added before the second batch norm; add it last.": {"norm_after_sum": True},
    },
)


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
