"""Check of `inception_block`: four branches, their order, and what follows a convolution."""

import keras
from keras import layers

from ..check import new_check
from ._blocks import SENTENCES, SLOW_AVERAGES, shape_of


def _shape(ours, theirs):
    ours, right = shape_of(ours), shape_of(theirs)
    if len(ours) != len(right):
        return None
    if ours[2:] == right[2:]:
        return (
            f"The result has {ours[0]}×{ours[1]} pixels instead of {right[0]}×{right[1]}: branches "
            "are padded ('same'), have no stride, and are joined along the channels."
        )
    if ours[:2] == right[:2] and 4 * ours[2] == right[2]:
        return "The branches aren't joined along the channels: the result has those of one only."
    if ours[:2] == right[:2]:
        return (
            f"The result has {ours[2]} channels instead of {right[2]}: each of the four branches "
            "ends in filters / 4."
        )
    return None


inception_block = new_check(__name__, points=2, sentences={"shape": _shape, **SENTENCES})


def _inception(
    x, filters, share=4, factorised=True, pooling=layers.AveragePooling2D, norm=True, relu=True,
    narrow_first=True, wide=True, order=(0, 1, 2, 3), momentum=0.9, relu_first=False, turned=False,
    pool_last=False, pool_size=3, pool_options=None, join=None, last_relu=True,
):  # fmt: skip
    def convolve(y, height, width, relu=relu):
        y = layers.Conv2D(filters // share, (height, width), padding="same", use_bias=not norm)(y)
        y = layers.ReLU()(y) if relu_first else y
        y = layers.BatchNormalization(momentum=momentum)(y) if norm else y
        return layers.ReLU()(y) if relu and not relu_first else y

    def three_by_three(y):
        if not factorised:
            return convolve(y, 3, 3)
        first, second = ((3, 1), (1, 3)) if turned else ((1, 3), (3, 1))
        return convolve(convolve(y, *first, relu=relu and last_relu), *second)

    def start(y):
        return convolve(y, 1, 1) if narrow_first else y

    def pool(y):
        return pooling(pool_size, **(pool_options or {"strides": 1, "padding": "same"}))(y)

    third = three_by_three(start(x))
    branches = [
        convolve(x, 1, 1),
        three_by_three(start(x)),
        three_by_three(third) if wide else third,
        pool(convolve(x, 1, 1)) if pool_last else convolve(pool(x), 1, 1),
    ]
    return (join or layers.Concatenate())([branches[i] for i in order])


ORDER = "The branches are joined in the order of the list, the pooled one last."
POOL = "An average pooling keeps the size of the picture only with strides=1 and padding='same'."
inception_block.add_mistakes(
    _inception,
    [
        (
            "Each branch has `filters` channels, so the result has four times too many: filters / "
            "4 each.",
            {"share": 1},
        ),
        (
            "Factorise the 3×3 convolutions: a 1×3, then a 3×1, for two thirds of the cost.",
            {"factorised": False},
        ),
        (
            "In each pair the 1×3 convolution comes first, then the 3×1; yours are exchanged.",
            {"turned": True},
        ),
        (
            "The pooling takes the average here, not the maximum.",
            {"pooling": layers.MaxPooling2D},
        ),
        ("The windows of the pooling are 3×3; yours are 2×2.", {"pool_size": 2}),
        (
            "In the fourth branch the pooling comes first, then the 1×1 convolution.",
            {"pool_last": True},
        ),
        (POOL, {"pool_options": {"padding": "same"}}),
        (POOL, {"pool_options": {"strides": 1}}),
        (
            "Batch norm is missing: one after each convolution, before its ReLU.",
            {"norm": False},
        ),
        ("The ReLU after each convolution's batch norm is missing.", {"relu": False}),
        ("The ReLU between the two convolutions of a pair is missing.", {"last_relu": False}),
        ("The ReLU comes after the batch norm, not before it.", {"relu_first": True}),
        (
            "The second and third branches start with a 1×1 convolution, which makes the rest "
            "cheap.",
            {"narrow_first": False},
        ),
        (
            "The third branch has two pairs one after the other, so it sees 5×5 pixels.",
            {"wide": False},
        ),
        (SLOW_AVERAGES, {"momentum": 0.99}),
        *((ORDER, {"order": order}) for order in ((3, 0, 1, 2), (3, 2, 1, 0), (0, 2, 1, 3))),
        (
            "The branches are added; join them along the channels, with a Concatenate.",
            {"join": layers.Add(), "share": 1},
        ),
        (
            "The branches are joined along the rows; join them along the channels, axis=-1.",
            {"join": layers.Concatenate(axis=1)},
        ),
    ],
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
