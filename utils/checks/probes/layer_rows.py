"""A network's layers as plain rows, so that a diagnosis can say which layer differs."""

import keras

from .by_values import NetworkByValues

NAMES = {
    "relu": "ReLU", "leaky_relu": "LeakyReLU", "elu": "ELU", "selu": "SELU", "gelu": "GELU",
    "softmax": "softmax", "sigmoid": "sigmoid", "tanh": "tanh", "silu": "SiLU",
}  # fmt: skip
LAYERS_OF_ACTIVATION = {
    "ReLU": "ReLU", "LeakyReLU": "LeakyReLU", "ELU": "ELU", "Softmax": "softmax", "PReLU": "PReLU",
}  # fmt: skip
OPTIONS = (
    "units", "filters", "kernel_size", "strides", "padding", "use_bias", "rate", "pool_size",
    "return_sequences", "momentum", "output_dim", "input_dim", "mask_zero", "axis", "go_backwards",
    "merge_mode", "dilation_rate",
)  # fmt: skip
MAX_ROWS = 200


def layer_rows(*networks):
    """Return a list of dicts, one per layer or activation, in the networks' own order.

    "kind": str; and those of OPTIONS that the layer has. An activation is a row of its own, whether
    it stands in a layer or behind it. Layers of networks inside are among them. Where rows can't
    tell all, as of operations that are no layers, or of layers of a learner's own: None.
    """
    if not all(map(_is_told, networks)):
        return None
    return [row for network in networks for layer in _flat(network) for row in _rows(layer)]


def _is_told(part):
    """Whether a network or layer is all of Keras's own layers."""
    if isinstance(part, NetworkByValues) or not type(part).__module__.startswith("keras."):
        return False
    if not isinstance(part, keras.Model):
        return isinstance(part, keras.layers.Layer) and not isinstance(part, keras.layers.Lambda)
    parts = getattr(part, "operations", part.layers)
    return len(parts) < MAX_ROWS and all(map(_is_told, parts))


def _flat(model):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _flat(layer)
        elif not isinstance(layer, keras.layers.InputLayer):
            yield layer


def _rows(layer):
    kind = type(layer).__name__
    if kind in LAYERS_OF_ACTIVATION:
        return [{"kind": LAYERS_OF_ACTIVATION[kind]}]
    if kind == "Activation":
        return _activation(layer)
    row = {"kind": kind}
    for option in OPTIONS:
        value = getattr(layer, option, None)
        if value is not None:
            row[option] = list(value) if isinstance(value, (list, tuple)) else value
    if hasattr(layer, "recurrent_activation") or hasattr(layer, "cell"):
        return [row]  # its tanh belongs to the cell
    return [row, *_activation(layer)]


def _activation(layer):
    function = getattr(layer, "activation", None)
    name = getattr(function, "__name__", None)
    return [] if name in (None, "linear") else [{"kind": NAMES.get(name, name)}]
