"""On which inputs `build_discriminator` is tried."""

import keras
import numpy as np

from ..models import if_model, outputs
from ..recorder import probe
from ._arrays import draw_images
from ._gan import size_of, weights_that_stayed


@probe
def build_discriminator(call, rng):
    call("grey images of 16×24", (16, 24, 1), then=if_model(size_of))
    model = call("images of 32×32×3", (32, 32, 3), then=if_model(size_of))
    if not isinstance(model, keras.Model):
        return
    call.observe("three images", _judged, model, draw_images(rng, n=3), rng)
    call.observe(
        "training: weights that stay",
        weights_that_stayed, model, draw_images(rng, n=4), keras.ops.sum,
    )  # fmt: skip


def _judged(model, images, rng):
    changed = np.repeat(images[:1], 4, axis=0)
    for number, (row, column) in enumerate(((0, 0), (0, 24), (24, 0), (24, 24))):
        changed[number, row : row + 8, column : column + 8] = draw_images(rng, n=1, side=8)[0]
    others = np.concatenate([images[:1], 5 * images[1:]])
    kinds = {type(layer) for layer in model._flatten_layers()}
    dropout = bool(kinds & {keras.layers.Dropout, keras.layers.SpatialDropout2D})
    weights, alone = model.get_weights(), []
    for some in (images, others):
        alone.append(outputs(model, some, training=True)[0])
        model.set_weights(weights)  # a spectral normalization changes its state in training
    return {
        "answers": outputs(model, images),
        "strong answers": outputs(model, 50 * images),
        "corners changed": outputs(model, changed),
        "beside these and others": alone,  # what the first gets in training
        "dropout": dropout,  # its answers in training differ anyway
        "batch norm": keras.layers.BatchNormalization in kinds,
    }
