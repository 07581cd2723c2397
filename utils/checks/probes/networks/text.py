"""The text of a network: one line of JSON, then one line in base64 for each weight, if any.

The JSON holds "network", Keras's description, and "trainable", the flags of all layers and then of
all weights, in their order.
"""

import base64
import json

import numpy as np

from . import network_bounds as bounds
from .refusals import BadNetwork
from .walker import Walker


def write(network, layer_flags, weight_flags, arrays):
    """Return the text. network: dict; flags: lists of bool; arrays: list of arrays, or None."""
    head = {"network": network, "trainable": [layer_flags, weight_flags]}
    lines = [json.dumps(head)]
    if arrays is not None:
        lines += [base64.b64encode(array.tobytes()).decode() for array in arrays]
    return "\n".join(lines)


def read(text):
    """Return (description, layer_flags, weight_flags, lines of weights or None) of a text.

    The description was built anew by the walker. Raises BadNetwork for what it doesn't know.
    """
    if not isinstance(text, str) or len(text) > bounds.TEXT_WITH_WEIGHTS:
        raise BadNetwork("The network's text is too long.")
    line, newline, rest = text.partition("\n")
    if len(line) > bounds.TEXT:
        raise BadNetwork("The network's text is too long.")
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):  # too deep, or an endless number
        raise BadNetwork("The network's text isn't JSON.") from None
    if not isinstance(head, dict):
        raise BadNetwork("The network's text isn't that of a network.")
    flags = head.get("trainable")
    if not isinstance(flags, list) or len(flags) != 2 or not all(map(_are_flags, flags)):
        raise BadNetwork("The network's text doesn't say what is trainable.")
    try:
        network = Walker().network(head.get("network"))
    except BadNetwork:
        raise
    except Exception:  # of a shape that the walker doesn't expect
        raise BadNetwork("The network's text isn't that of a network.") from None
    return network, *flags, rest.split("\n") if newline else None


def _are_flags(flags):
    return isinstance(flags, list) and all(isinstance(flag, bool) for flag in flags)


def array_of(line, shape, dtype):
    """Return a weight's values from its line. Raises BadNetwork where they don't fill its shape."""
    try:
        flat = np.frombuffer(base64.b64decode(line, validate=True), dtype)
        return flat.reshape(shape)
    except ValueError:
        raise BadNetwork("The network's text has a weight of another shape.") from None
