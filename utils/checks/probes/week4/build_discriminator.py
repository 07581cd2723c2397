"""On which inputs `build_discriminator` is tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import outputs
from ..recorder import probe
from ._arrays import draw_images
from ._gan import draw_img_shape, if_network, size_of, train_network


@probe
def build_discriminator(call, rng):
    height, width, channels = draw_img_shape(rng)
    case = f"images of {height}×{width}×{channels}"
    call(case, (height, width, channels), then=if_network(size_of))
    model = call("images of 32×32×3", (32, 32, 3), then=if_network(size_of))
    if not is_network(model):
        return
    call.observe("three images", _judged, model, draw_images(rng, n=3), rng)
    call.observe(
        "training: weights that stay",
        train_network, model, draw_images(rng, n=4), keras.ops.sum,
    )  # fmt: skip


def _with_large_weights(model, images, rng):
    """Return the answers of a network whose logits are hardly ever within 0 and 1."""
    for weight in model.trainable_weights:
        scale = 10 / np.sqrt(np.prod(weight.shape[:-1]))
        weight.assign(scale * rng.normal(size=weight.shape))
    return outputs(model, images)


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
    answers, corners = outputs(model, images), outputs(model, changed)
    strong = [_with_large_weights(model, images, rng) for _ in range(4)]
    model.set_weights(weights)
    return {
        "answers": answers,
        "strong answers": np.concatenate(strong),
        "corners changed": corners,
        "beside these and others": alone,  # what the first gets in training
        "dropout": dropout,  # its answers in training differ anyway
        "batch norm": keras.layers.BatchNormalization in kinds,
    }
