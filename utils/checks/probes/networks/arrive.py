"""How a network arrives: `unpack`, which trusts nothing in the text."""

import math

import keras
from keras.src.backend.common import global_state
from keras.src.backend.common.variables import initialize_all_variables

from . import network_bounds as bounds
from .leave import dtype_of, layers_of
from .refusals import BadNetwork
from .text import array_of, read


def unpack(text):
    """Return the network that a text describes, with first weights or those that the text brings.

    Raises BadNetwork, one sentence, for anything but a network of Keras's own layers in bounds.
    """
    network, layer_flags, weight_flags, lines = read(text)
    model = _build(network)
    _set_flags(layers_of(model), layer_flags)
    weights = model.weights
    _set_flags(weights, weight_flags)
    if lines is not None:
        if len(lines) != len(weights):
            raise BadNetwork("The network's text has another number of weights than the network.")
        for weight, line in zip(weights, lines):
            weight.assign(array_of(line, weight.shape, dtype_of(weight)))
    return model


def _build(network):
    """Return the network of a description; no weight is made before all of them were counted."""
    scope = keras.StatelessScope(initialize_variables=False)
    try:
        with scope:  # variables are only noted down
            model = keras.saving.deserialize_keras_object(network, safe_mode=True)
        _check_size(model, network)
        initialize_all_variables()
    except BadNetwork:
        raise
    except Exception as error:
        lines = str(error).strip().splitlines() or [""]
        reason = f"{type(error).__name__}: {lines[0][:200]}"
        raise BadNetwork(f"Keras can't build the network: {reason}") from None
    finally:
        global_state.set_global_attribute("uninitialized_variables", [])
    return model


def _check_size(model, network):
    """Raise BadNetwork where a network has too many weights, or too large activations."""
    if not model.built and _guess(network) > bounds.GUESSED_PARAMETERS:
        raise BadNetwork("The network has very wide layers, and no shape of its input.")
    count = sum(math.prod(variable.shape) for variable in model.variables)
    if count > bounds.PARAMETERS:
        raise BadNetwork(f"The network has {count:,} weights, and {bounds.PARAMETERS:,} may be.")
    for part in layers_of(model):
        operations = [part, *getattr(part, "operations", ())]
        for node in [node for operation in operations for node in operation._inbound_nodes]:
            for tensor in node.output_tensors:
                size = math.prod(side or 1 for side in tensor.shape)
                if size > bounds.ACTIVATION:
                    raise BadNetwork(f"A layer of the network gives {size:,} numbers at once.")


def _guess(item):
    """Return about how many weights the layers of a description have between each other."""
    if isinstance(item, list):
        return sum(map(_guess, item))
    if not isinstance(item, dict):
        return 0
    widths = [size for key in bounds.WIDTHS & item.keys() for size in _integers(item[key])]
    table = item.get("input_dim"), item.get("output_dim")
    own = math.prod(table) if None not in table else sum(size**2 for size in widths)
    return own + sum(map(_guess, item.values()))


def _integers(item):
    parts = item if isinstance(item, list) else [item]
    return [part for part in parts if isinstance(part, int)]


def _set_flags(items, flags):
    """Say what is trainable; what holds others comes before these."""
    if len(items) != len(flags):
        raise BadNetwork("The network's text says for another number of parts what is trainable.")
    for item, flag in zip(items, flags):
        if item.trainable != flag:
            item.trainable = flag
