"""How a network leaves: `pack`, in the process where it was built."""

import json
import warnings
from collections import Counter

import keras
import numpy as np
from keras.src.models.functional import Functional

from .activations import named_activations
from .refusals import BadNetwork, CannotLeave
from .text import write
from .walker import Walker

MODELS = (keras.Sequential, Functional)


def pack(model, weights=False):
    """Return a network as a text for `unpack`. Raises CannotLeave where no text describes it.

    weights: bool, whether their values go along.
    """
    _check_classes(model)
    with named_activations(model), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            config = keras.saving.serialize_keras_object(model)
            item = json.loads(json.dumps(config))
        except CannotLeave:
            raise
        except Exception as error:
            raise CannotLeave(f"Keras can't describe it: {_first_line(error)}") from None
    try:
        network = Walker().network(item)
    except BadNetwork as problem:
        raise CannotLeave(str(problem).replace("The network", "It", 1)) from None
    layer_flags = [layer.trainable for layer in layers_of(model)]
    weight_flags = [weight.trainable for weight in model.weights]
    arrays = [as_array(weight) for weight in model.weights] if weights else None
    return write(network, layer_flags, weight_flags, arrays)


def can_leave(model):
    """Return why a network can't leave, one sentence, or an empty str."""
    try:
        pack(model)
    except CannotLeave as reason:
        return str(reason)
    return ""


def layers_of(model):
    """Return a model and all layers in it, at any depth, in an order that a copy has too.

    A layer that stands in two of its networks comes twice, as it does in the copy.
    """
    return [model, *(layer for part in model._layers for layer in layers_of(part))]


def dtype_of(weight):
    """Return the NumPy dtype in which a weight's values travel."""
    dtype = str(weight.dtype)
    return np.dtype("float32" if "float" in dtype and dtype != "float64" else dtype)


def as_array(weight):
    """Return a weight's values as they travel."""
    return np.ascontiguousarray(keras.ops.convert_to_numpy(weight.value).astype(dtype_of(weight)))


def _first_line(error):
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]


def _check_classes(model):
    """Raise CannotLeave where a part of a network isn't Keras's own, or can't be described."""
    if not isinstance(model, keras.Model):
        raise CannotLeave(f"It is no network, but a `{type(model).__name__}`.")
    layers = layers_of(model)
    for layer in layers:
        kind = type(layer)
        what = "network" if isinstance(layer, keras.Model) else "layer"
        if not kind.__module__.startswith("keras."):
            raise CannotLeave(f"It has a {what} of its own class `{kind.__name__}`.")
        if kind is keras.layers.Lambda:
            raise CannotLeave("It has a `Lambda` layer, and its function can't be described.")
        if what == "network" and kind not in MODELS:
            raise CannotLeave(f"It has a network of class `{kind.__name__}`.")
        if "call" in vars(layer):
            raise CannotLeave(f"It replaces `call` of its layer `{layer.name}`.")
        if kind is keras.Sequential and layer.weights and not layer.built:
            raise CannotLeave(f"Its `{layer.name}` isn't built, but a layer in it is.")
    times = Counter(map(id, layers))
    for layer in layers:  # the copy would have several, each with weights of its own
        if times[id(layer)] > 1 and (layer.weights or not layer.built):
            raise CannotLeave(f"Its layer `{layer.name}` stands in several of its networks.")
