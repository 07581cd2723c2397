"""On which inputs `field_and_weights` is tried."""

from ..recorder import probe

FIELD, WEIGHTS = "the receptive field", "the number of weights"


@probe
def field_and_weights(call, rng):
    """Convolutions alone, strides, poolings, other images than coloured ones, and no layer."""

    def draw(most):
        return int(rng.integers(1, most + 1))

    def convolutions(number, stride=1):
        return [(2 * draw(3) + 1, stride, draw(9)) for _ in range(number)]

    pooling = (2, 2, None)
    wide, few = (draw(3) + 2, draw(2) + 1, None), int(rng.integers(2, 4))
    for case, stack, *channels in (
        ("one convolution of a coloured image", convolutions(1)),
        (f"{few} convolutions of stride 1", convolutions(few)),
        ("two convolutions of stride 2", convolutions(2, 2), draw(5)),
        ("convolution, pooling, convolution", [*convolutions(1), pooling, *convolutions(1)], 3),
        ("another pooling first", [wide, *convolutions(2), pooling, *convolutions(1)], draw(4) + 1),
        ("a 1×1 convolution, then strides of 3 and 2", [(1, 1, draw(5)), (3, 3, draw(5)),
                                                       (5, 2, draw(5)), (3, 1, draw(5))], 4),
        ("no layer: a pixel sees itself", [], draw(4)),
    ):  # fmt: skip
        call(case, stack, *channels, then=_named)


def _named(value):
    """Return what was answered as a dict of two numbers, where it is two numbers."""
    if isinstance(value, (str, dict)) or not hasattr(value, "__len__") or len(value) != 2:
        return value
    return {FIELD: value[0], WEIGHTS: value[1]}
