"""Check of `residual_block`: the two convolutions, the shortcut, and the sum."""

import keras
from keras import layers

from ..check import new_check
from ._blocks import SENTENCES, SLOW_AVERAGES, shape_of


def _shape(ours, theirs):
    ours, right = shape_of(ours), shape_of(theirs)
    if len(ours) != len(right):
        return None
    height, width, channels = ours[:3]
    if channels == 2 * right[2]:
        return "You concatenated the channels; the two should be added, element by element."
    if height < right[0]:
        return (
            f"The result has {height}×{width} pixels instead of {right[0]}×{right[1]}: the stride "
            "belongs to the first convolution of F and to the shortcut's, to no other, and all "
            "are padded ('same')."
        )
    if height > right[0]:
        return (
            f"The result has {height}×{width} pixels instead of {right[0]}×{right[1]}: use the "
            "stride, in the first convolution of F and in the shortcut's."
        )
    return None


residual_block = new_check(__name__, points=2, sentences={"shape": _shape, **SENTENCES})


@residual_block.alternative
def sum_the_other_way(
    x, filters, stride=1, bias=False, last_relu=True, first_relu=True, norm_shortcut=True,
    projects=lambda stride, same: stride > 1 or not same, batch_norm=True, momentum=0.9,
    norm_after_sum=False, join=lambda y, x: layers.Add()([y, x]), order="norm, relu",
    strides=lambda stride: (stride, 1, stride), second_relu=False, relu_on_shortcut=False,
    bend=layers.ReLU, last_bend=None,
):  # fmt: skip
    """projects: function of the stride and of whether the channels stay. strides: of the two
    convolutions, and of the shortcut's."""
    first, second, short = strides(stride)

    def norm(y):
        return layers.BatchNormalization(momentum=momentum)(y) if batch_norm else y

    def convolve(y, size, stride):
        return layers.Conv2D(filters, size, strides=stride, padding="same", use_bias=bias)(y)

    y = convolve(x, 3, first)
    y = norm(bend()(y)) if order == "relu, norm" else norm(y)
    y = bend()(y) if first_relu and order == "norm, relu" else y
    y = convolve(y, 3, second)
    y = y if norm_after_sum else norm(y)
    y = bend()(y) if second_relu else y
    if projects(stride, x.shape[-1] == filters):
        x = convolve(x, 1, short)
        x = norm(x) if norm_shortcut else x
        x = bend()(x) if relu_on_shortcut else x
    y = norm(join(y, x)) if norm_after_sum else join(y, x)
    return (last_bend or bend)()(y) if last_relu else y


NEVER_CHANGES = (
    "Your shortcut stays as it is where the shape changes: it needs its 1×1 convolution as soon as "
    "the stride is not 1 or the number of channels is another."
)
residual_block.add_mistakes(
    sum_the_other_way,
    [
        (
            "The input is never added: that sum is what makes the block residual.",
            {"join": lambda y, x: y},
        ),
        ("The ReLU after the sum is missing.", {"last_relu": False}),
        ("The ReLU between the two convolutions is missing.", {"first_relu": False}),
        (
            "You put a 1×1 convolution on every shortcut; where the shapes agree, add x as it is.",
            {"projects": lambda stride, same: True},
        ),
        ("The shortcut's 1×1 convolution needs its own batch norm.", {"norm_shortcut": False}),
        ("Your convolutions have a bias; batch norm cancels it, so leave it out.", {"bias": True}),
        ("Batch norm is missing: one after each convolution.", {"batch_norm": False}),
        (SLOW_AVERAGES, {"momentum": 0.99}),
        (
            "You concatenated the channels; the two should be added, element by element.",
            {"join": lambda y, x: layers.Concatenate()([x, y])},
        ),
        (
            "The input was added before the second batch norm; add it last.",
            {"norm_after_sum": True},
        ),
        (
            "There is a ReLU too many, before the sum: the second batch norm is added as it is.",
            {"second_relu": True},
        ),
        (
            "The last ReLU comes before the sum; it belongs behind it.",
            {"second_relu": True, "last_relu": False},
        ),
        (
            "There is a ReLU on the shortcut, behind its batch norm; it is added as it is.",
            {"relu_on_shortcut": True},
        ),
        ("The ReLU comes after the first batch norm, not before it.", {"order": "relu, norm"}),
        (
            "The stride is in both convolutions of F; it belongs to the first alone.",
            {"strides": lambda stride: (stride, stride, stride**2)},
        ),
        (
            "The stride is in the second convolution of F; it belongs to the first.",
            {"strides": lambda stride: (1, stride, stride)},
        ),
        (
            "The stride isn't used: it belongs to the first convolution and to the shortcut's.",
            {"strides": lambda stride: (1, 1, 1)},
        ),
        (NEVER_CHANGES, {"projects": lambda stride, same: False}),
        (
            NEVER_CHANGES,
            {
                "projects": lambda stride, same: False,
                "join": lambda y, x: layers.Add()([x, y]),
            },
        ),
        (
            "You multiplied the two; they should be added.",
            {"join": lambda y, x: layers.Multiply()([y, x])},
        ),
        (
            "You took the mean of the two; they should be added.",
            {"join": lambda y, x: layers.Average()([y, x])},
        ),
        (
            "You took the larger of the two; they should be added.",
            {"join": lambda y, x: layers.Maximum()([y, x])},
        ),
        (
            "You subtracted the input; it should be added.",
            {"join": lambda y, x: layers.Subtract()([y, x])},
        ),
        ("You used LeakyReLU; a ReLU is asked for.", {"bend": layers.LeakyReLU}),
        (
            "Behind the sum there is a softmax; a ReLU is asked for.",
            {"last_bend": layers.Softmax},
        ),
    ],
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
