"""Check of `inception_block`: four branches, their order, and what follows a convolution."""

import keras
from keras import layers

from ..check import new_check
from ._blocks import SLOW_AVERAGES

inception_block = new_check(__name__, points=2)


def _inception(
    x, filters, share=4, factorised=True, pooling=layers.AveragePooling2D, norm=True, relu=True,
    narrow_first=True, wide=True, order=(0, 1, 2, 3), momentum=0.9,
):  # fmt: skip
    def convolve(y, height, width):
        y = layers.Conv2D(filters // share, (height, width), padding="same", use_bias=not norm)(y)
        y = layers.BatchNormalization(momentum=momentum)(y) if norm else y
        return layers.ReLU()(y) if relu else y

    def three_by_three(y):
        return convolve(convolve(y, 1, 3), 3, 1) if factorised else convolve(y, 3, 3)

    def start(y):
        return convolve(y, 1, 1) if narrow_first else y

    third = three_by_three(start(x))
    branches = [
        convolve(x, 1, 1),
        three_by_three(start(x)),
        three_by_three(third) if wide else third,
        convolve(pooling(3, strides=1, padding="same")(x), 1, 1),
    ]
    return layers.Concatenate()([branches[i] for i in order])


inception_block.add_mistakes(
    _inception,
    {
        "Each branch has `filters` channels, so the result has four times too many: filters / "
        "4 each.": {"share": 1},
        "Factorise the 3×3 convolutions: a 1×3, then a 3×1, for two thirds of the cost.": {
            "factorised": False
        },
        "The pooling takes the average here, not the maximum.": {"pooling": layers.MaxPooling2D},
        "Batch norm is missing: one after each convolution, before its ReLU.": {"norm": False},
        "The ReLU after each convolution's batch norm is missing.": {"relu": False},
        "The second and third branches start with a 1×1 convolution, which makes the rest cheap.": {
            "narrow_first": False
        },
        "The third branch has two pairs one after the other, so it sees 5×5 pixels.": {
            "wide": False
        },
        SLOW_AVERAGES: {"momentum": 0.99},
        "The branches are joined in the order of the list, the pooled one last.": {
            "order": (3, 0, 1, 2)
        },
    },
)


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
