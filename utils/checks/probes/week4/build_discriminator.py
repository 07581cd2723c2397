"""On which inputs `build_discriminator` is tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import outputs
from ..recorder import probe
from ._arrays import draw_images
from ._gan import draw_img_shape, if_network, sizes_by_use, train_network


@probe
def build_discriminator(call, rng):
    height, width, channels = draw_img_shape(rng)
    case = f"images of {height}×{width}×{channels}"
    call(case, (height, width, channels), then=if_network(sizes_by_use(height, width, channels)))
    model = call("images of 32×32×3", (32, 32, 3), then=if_network(sizes_by_use(32, 32, 3)))
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


PARTS = {
    "its first row": (slice(0, 1), slice(None)),
    "its last row": (slice(-1, None), slice(None)),
    "its first column": (slice(None), slice(0, 1)),
    "its last column": (slice(None), slice(-1, None)),
    "every second row": (slice(1, None, 2), slice(None)),
    "the other rows": (slice(0, None, 2), slice(None)),
    "every second column": (slice(None), slice(1, None, 2)),
    "the other columns": (slice(None), slice(0, None, 2)),
    "a corner, bottom right": (slice(24, None), slice(24, None)),
    "a corner, top left": (slice(0, 8), slice(0, 8)),
    "a corner, top right": (slice(0, 8), slice(24, None)),
    "a corner, bottom left": (slice(24, None), slice(0, 8)),
}


def _unseen(model, image):
    """Return the parts of an image that could be any other without another answer."""
    changed = np.repeat(image, len(PARTS) + 1, axis=0)
    for number, part in enumerate(PARTS.values()):
        changed[number][part] = -4 * changed[number][part]  # far, as what bends may not answer
    answers = outputs(model, changed).ravel()
    return [name for name, answer in zip(PARTS, answers) if answer == answers[-1]]


def _judged(model, images, rng):
    others = np.concatenate([images[:1], 5 * images[1:]])
    kinds = {type(layer) for layer in model._flatten_layers()}
    weights, alone, beside = model.get_weights(), [], []
    for some in (images, others, images):
        alone.append(outputs(model, some, training=True)[0])
        model.set_weights(weights)  # a spectral normalization changes its state in training
        beside.append(outputs(model, some)[0])
    answers, unseen = outputs(model, images), _unseen(model, images[:1])
    strong = [_with_large_weights(model, images, rng) for _ in range(24)]
    model.set_weights(weights)
    return {
        "answers": answers,
        "strong answers": np.concatenate(strong),
        "unseen": unseen,
        "beside these and others": alone[:2],  # what the first gets in training
        "the same outside of training": beside[:2],
        "by chance": bool((alone[0] != alone.pop()).any()),  # then it differs anyway
        "batch norm": keras.layers.BatchNormalization in kinds,
    }
