"""Trying a block of layers as a network of its own."""

import keras
import numpy as np

from ..models import outputs, set_alike_weights
from ._images import draw_images


def try_block(call, rng, case, block, side, channels, *args):
    """Build a network that is one block; note its outputs and how many weights it has."""
    images = draw_images(rng, side=side, channels=channels)
    inputs = keras.Input((side, side, channels))

    def look(result):
        if not isinstance(result, keras.KerasTensor):
            return result
        model = set_alike_weights(keras.Model(inputs, result), rng)
        before = outputs(model, images)
        outputs(model, images, training=True)  # moves the running means of batch norms
        return {
            "shape": list(result.shape),
            "what it answers, with given weights": before,
            "what it answers after it saw one batch of training": outputs(model, images),
            "number of trainable weights": sum(
                int(np.prod(weight.shape)) for weight in model.trainable_weights
            ),
        }

    call(case, inputs, *args, then=look)
