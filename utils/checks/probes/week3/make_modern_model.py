"""On which inputs `make_modern_model` is tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import if_model, outputs, train_on
from ..recorder import probe
from ._images import draw_images

BUDGET = 700_000  # parameters
STEPS = 12


@probe
def make_modern_model(call, rng):
    colours = rng.uniform(-1, 1, size=(10, 1, 1, 3)).astype("float32")
    images, labels = colours + draw_images(rng, n=10), rng.permutation(10)
    model = call("a new network", then=if_model(_size))
    if is_network(model):
        call.observe("two images", lambda: _look_at(model, rng))
        case = "training on a handful of images"
        call.observe(case, lambda: train_on(model, images, labels, STEPS, 3e-3))


def _size(model):
    return {
        "weights": model.count_params(),
        "input": list(model.input_shape),
        "largest layer": _largest_layer(model),
    }


def _largest_layer(model):
    """Return the kind of the layer that has most parameters, and how many, in words."""
    parts = model._flatten_layers(recursive=True, include_self=False)
    alone = [layer for layer in parts if not isinstance(layer, keras.Model)]
    largest = max(alone, key=lambda layer: layer.count_params(), default=model)
    return f"{type(largest).__name__} with {largest.count_params():,}"


def _last_activation(model):
    """Return what the last layer of a model ends with: "softmax", …, or ""."""
    if not model.layers:
        return ""
    last = model.layers[-1]
    if isinstance(last, keras.Model):
        return _last_activation(last)
    function = getattr(last, "activation", None)
    name = getattr(function, "__name__", "") or type(last).__name__
    return {"ReLU": "relu", "Softmax": "softmax"}.get(name, name)


def _look_at(model, rng):
    """Return what a model answers, twice, and on which parts of an image its answer depends: on
    each corner, and on every second pixel of every second row, wherever one begins."""
    images = draw_images(rng, n=2)
    changed, thinned = (np.repeat(images[:1], 4, axis=0) for _ in range(2))
    for number, (row, column) in enumerate(np.ndindex(2, 2)):
        thinned[number, row::2, column::2] = draw_images(rng, n=1, side=16)[0] * 4
    for number, (row, column) in enumerate(((0, 0), (0, 24), (24, 0), (24, 24))):
        changed[number, row : row + 8, column : column + 8] = draw_images(rng, n=1, side=8)[0] * 4
    return {
        "answers": outputs(model, images),
        "again": outputs(model, images),
        "once more": keras.ops.convert_to_numpy(model(images)),  # where nothing is said of training
        "the last activation": _last_activation(model),
        "corners changed": outputs(model, changed),
        "pixels changed": outputs(model, thinned),
    }
