"""On which inputs `build_convnet` is tried."""

import keras
import numpy as np

from ..models import outputs, train_on
from ..recorder import probe
from ._arrays import draw_images


def _textures(rng):
    """Return 16 noisy images of four textures, (16, 28, 28, 1), and their labels."""
    rows, columns = np.mgrid[:28, :28]
    patterns = np.stack([rows % 4 < 2, columns % 4 < 2, (rows + columns) % 6 < 3, rows < 0])
    labels = rng.permutation(16) % 4
    return patterns[labels][..., None] * np.float32(0.8) + 0.2 * draw_images(rng, 16), labels


@probe
def build_convnet(call, rng):
    x = draw_images(rng, 3)
    model = call("the model itself", then=_count_parameters)
    call.observe("the input that it expects", _input_shape, model)
    call.observe("its outputs on three images", lambda: outputs(model, 5 * x))
    call.observe("its outputs with large weights", _outputs_of_large_weights, model, x)
    call.observe("the sizes of its convolutions' kernels", _kernel_sizes, model)
    call.observe("twenty steps of training on four textures", _train_if_sound, model, rng)


def _input_shape(model):
    """Return the shape that a model says its input has, as a list, None for the batch; or None."""
    shape = getattr(model, "input_shape", None)
    return None if shape is None else list(shape)


def _outputs_of_large_weights(model, x):
    """Return the outputs where all kernels are ten times as large, of both signs; restore them.

    Nothing holds the outputs near zero then, or on one side of it, but what cuts them off.
    """
    kept = model.get_weights()
    found = []
    for factor in (10, -10):
        for weight, value in zip(model.weights, kept):
            if "kernel" in weight.name:
                weight.assign(factor * value)
        found.append(outputs(model, 5 * x))
    for weight, value in zip(model.weights, kept):
        weight.assign(value)
    return np.concatenate(found)


def _count_parameters(model):
    """Return a model's number of parameters; None for no model, a word for one without weights."""
    if model is None:
        return None
    return model.count_params() if model.weights else "no weights yet"


def _kernel_sizes(model):
    """Return the larger side of each two-dimensional convolution's kernel, in layers of layers."""
    found = []
    for layer in model._flatten_layers():
        if isinstance(layer, (keras.layers.Conv2D, keras.layers.SeparableConv2D)):
            found.append(max(layer.kernel_size))
    return found


def _train_if_sound(model, rng):
    """Train a model that can be trained in a moment; None for one that is wrong anyway."""
    if model.count_params() >= 50_000 or model.output_shape != (None, 10):
        return None
    return train_on(model, *_textures(rng), steps=20, rate=0.01)
