"""Check of `field_and_weights`: how far a unit sees, and what that costs."""

import math

from ..check import new_check

field_and_weights = new_check(__name__, points=2)


def _walk(
    stack, channels=3, reach=lambda kernel: kernel - 1, first=1, late=True,
    grow=lambda jump, stride: jump * stride, sees_pooling=True, area=lambda kernel: kernel**2,
    bias=1, passes=True, costs=False, jump=1, end=tuple,
):  # fmt: skip
    """late: whether a layer's stride counts from the next layer on. passes: whether a convolution
    changes the number of channels. costs: whether a pooling has weights."""
    field, weights = first, 0
    for kernel, stride, filters in stack:
        if filters is not None or sees_pooling:
            jump = jump if late else grow(jump, stride)
            field += reach(kernel) * jump
            jump = grow(jump, stride) if late else jump
        if filters is not None:
            weights += (area(kernel) * channels + bias) * filters
            channels = filters if passes else channels
        elif costs:
            weights += (area(kernel) * channels + bias) * channels
    return end((field, weights))


field_and_weights.add_mistakes(
    _walk,
    {
        "Each layer adds its whole kernel to the field; the pixel in the middle was seen already, "
        "so it adds kernel − 1 steps.": {"reach": lambda kernel: kernel},
        "The field starts at 0; before any layer, a unit is a pixel and sees one.": {"first": 0},
        "A layer's own stride spreads the layers behind it; you use it for the layer itself.": {
            "late": False
        },
        "You leave the strides out: behind a stride of 2, neighbours lie two pixels apart.": {
            "grow": lambda jump, stride: jump
        },
        "You add the strides; distances multiply, so multiply them.": {
            "grow": lambda jump, stride: jump + stride
        },
        "You take the last stride alone; the strides of all layers before it multiply.": {
            "grow": lambda jump, stride: stride
        },
        "A pooling has no weights, but it does widen the field: don't skip it.": {
            "sees_pooling": False
        },
        "A kernel has height times width places: square its side.": {"area": lambda kernel: kernel},
        "The biases are missing: one for each filter.": {"bias": 0},
        "You count one bias for each layer and channel pair; a filter has one bias.": {
            "area": lambda kernel: kernel**2 + 1,
            "bias": 0,
        },
        "Each convolution gets as many channels as the one before it has filters; you use the "
        "image's for all.": {"passes": False},
        "You give poolings weights; they have none.": {"costs": True},
        "The two numbers are the other way round: first the field, then the weights.": {
            "end": lambda pair: pair[::-1]
        },
        "You return the field alone; return the weights with it.": {"end": lambda pair: pair[0]},
        "You return the weights alone; return the field before them.": {
            "end": lambda pair: pair[1]
        },
        "You return the field's area; its width in pixels is asked for.": {
            "end": lambda pair: (pair[0] ** 2, pair[1])
        },
    },
)


@field_and_weights.alternative
def from_the_last_layer_down(stack, channels=3):
    field = 1
    for kernel, stride, _ in reversed(stack):
        field = (field - 1) * stride + kernel
    inputs = [channels]
    for _, _, filters in stack:
        inputs.append(filters or inputs[-1])
    weights = [
        filters * (kernel * kernel * before + 1)
        for (kernel, _, filters), before in zip(stack, inputs)
        if filters
    ]
    return field, sum(weights)


@field_and_weights.alternative
def by_products_of_strides(stack, channels=3):
    strides = [stride for _, stride, _ in stack]
    field = 1 + sum((k - 1) * math.prod(strides[:i]) for i, (k, _, _) in enumerate(stack))
    weights = 0
    for kernel, _, filters in (layer for layer in stack if layer[2] is not None):
        weights += kernel * kernel * channels * filters
        weights += filters
        channels = filters
    return [field, weights]
