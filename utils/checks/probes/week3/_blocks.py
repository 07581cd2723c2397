"""Trying a block of layers as a network of its own."""

import math

import numpy as np

from ..attempt import symbolic
from ..models import if_model, outputs, set_alike_weights
from ._images import draw_images


def try_block(call, rng, side, channels, filters, stride=None):
    """Build a network that is one block; note its outputs and how many weights it has."""
    images = draw_images(rng, side=side, channels=channels)
    seed = int(rng.integers(2**32))

    def look(model):
        set_alike_weights(model, np.random.default_rng(seed))
        before = outputs(model, images)
        outputs(model, images, training=True)  # moves the running means of batch norms
        return {
            "shape": list(model.output_shape),
            "what it answers, with given weights": before,
            "what it answers after it saw one batch of training": outputs(model, images),
            "number of trainable weights": sum(
                math.prod(weight.shape) for weight in model.trainable_weights
            ),
        }

    case = f"{channels} channels to {filters}, {side}×{side} pixels"
    case += f", stride {stride}" if stride else ""
    args = (filters, stride) if stride else (filters,)
    call(case, symbolic((side, side, channels)), *args, then=if_model(look))
