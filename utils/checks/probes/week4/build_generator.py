"""On which inputs `build_generator` is tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import outputs
from ..recorder import probe
from ._arrays import draw_images
from ._gan import draw_img_shape, if_network, sizes_by_use, train_network


@probe
def build_generator(call, rng):
    first = draw_img_shape(rng)
    case = f"noise of 8, images of {first[0]}×{first[1]}×{first[2]}"
    call(case, 8, first, then=if_network(sizes_by_use(8)))
    noise_size = int(rng.integers(20, 80))
    model = call(
        "images of 32×32×3", noise_size, (32, 32, 3), then=if_network(sizes_by_use(noise_size))
    )
    if not is_network(model):
        return
    noise = rng.normal(size=(6, noise_size)).astype("float32")
    made = call.observe("six draws of noise", _generated, model, noise)
    if made and made["again"] > 1e-6:  # by chance; so there is no more to see
        return
    target = draw_images(rng, n=6)
    call.observe(
        "training towards given images: weights that stay",
        train_network, model, noise, lambda made: keras.ops.sum((made - target) ** 2),
    )  # fmt: skip


def _generated(model, noise):
    images, again = outputs(model, noise), outputs(model, noise)
    weights = model.get_weights()
    for _ in range(2):  # so that a batch norm knows other means than those that it begins with
        outputs(model, noise, training=True)
    trained = [outputs(model, size * noise) for size in (1, 1e3)]
    trained += [outputs(model, size * noise, training=True) for size in (1, 1e3)]
    model.set_weights(weights)
    return {
        "range in training": [float(f([f(part) for part in trained])) for f in (np.min, np.max)],
        "spread of a pixel": images.std(axis=0),
        "range for extreme noise": [
            float(f(outputs(model, 1e3 * noise))) for f in (np.min, np.max)
        ],
        "again": float(np.abs(images - again).max()),
    }
