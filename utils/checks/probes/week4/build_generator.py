"""On which inputs `build_generator` is tried."""

import keras
import numpy as np

from ..models import if_model, outputs
from ..recorder import probe
from ._arrays import draw_images
from ._gan import size_of, weights_that_stayed


@probe
def build_generator(call, rng):
    call("noise of 8, grey images of 16×24", 8, (16, 24, 1), then=if_model(size_of))
    noise_size = int(rng.integers(20, 80))
    model = call("images of 32×32×3", noise_size, (32, 32, 3), then=if_model(size_of))
    if not isinstance(model, keras.Model):
        return
    noise = rng.normal(size=(6, noise_size)).astype("float32")
    call.observe("six draws of noise", _generated, model, noise)
    target = draw_images(rng, n=6)
    call.observe(
        "training towards given images: weights that stay",
        weights_that_stayed, model, noise, lambda made: keras.ops.sum((made - target) ** 2),
    )  # fmt: skip


def _generated(model, noise):
    images, again = outputs(model, noise), outputs(model, noise)
    return {
        "range": [float(images.min()), float(images.max())],
        "spread of a pixel": images.std(axis=0),
        "range for extreme noise": [
            float(f(outputs(model, 1e3 * noise))) for f in (np.min, np.max)
        ],
        "again": float(np.abs(images - again).max()),
    }
