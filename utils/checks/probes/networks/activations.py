"""Activations that are functions of the learner's own leave by the name of Keras's, if they agree.

Keras describes any function by its name alone, so that one's own `relu` would become Keras's.
"""

from contextlib import contextmanager

import keras
import numpy as np

from .known import ACTIVATIONS
from .refusals import CannotLeave

NUMBERS = [-30, -7.5, -4, -3, -2.7, -2, -1.2, -1, -0.6, -0.5, -0.3, -0.1, 0, 0.2, 0.4, 0.5, 0.8, 1,
           1.3, 2, 2.6, 3, 3.4, 4, 5.5, 6, 6.5, 20]  # fmt: skip


@contextmanager
def named_activations(model):
    """Have every activation of a network be one of Keras's own, as long as it is described."""
    changed = []
    try:
        for layer in model._flatten_layers():
            for key, value in list(vars(layer).items()):
                if key.endswith("activation") and _is_function(value):
                    own = _keras_own(value, layer)
                    if own is not value:
                        changed.append((layer, key, value))
                        setattr(layer, key, own)
        yield
    finally:
        for layer, key, value in changed:
            setattr(layer, key, value)


def _is_function(value):
    return callable(value) and not hasattr(value, "get_config")


def _keras_own(function, layer):
    """Return Keras's activation that is this function, or computes the same values."""
    known = {name: getattr(keras.activations, name, None) for name in sorted(ACTIVATIONS)}
    for own in known.values():
        if own is function:
            return own
    values = _values(function)
    for own in known.values():
        if values is not None and own is not None and _agree(values, _values(own)):
            return own
    name = getattr(function, "__name__", type(function).__name__)
    raise CannotLeave(
        f"Its layer `{layer.name}` has `{name}` as activation, which isn't one of Keras's."
    )


def _values(function):
    """Return a function's values on a few numbers, or None where it doesn't take them."""
    numbers = np.reshape(np.array(NUMBERS, "float32"), (2, -1))
    try:
        return keras.ops.convert_to_numpy(function(keras.ops.convert_to_tensor(numbers)))
    except Exception:
        return None


def _agree(values, others):
    same = others is not None and np.shape(values) == others.shape
    return same and np.allclose(values, others, rtol=1e-5, atol=1e-6)
