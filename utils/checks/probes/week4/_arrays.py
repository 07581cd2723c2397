"""Images that several probes draw, tensors made plain, and results of another form."""

import keras
import numpy as np

from ..attempt import is_network

FORM = "its form"


def draw_images(rng, n=2, side=32, channels=3):
    """Return float32 images around zero."""
    return rng.uniform(-0.5, 0.5, size=(n, side, side, channels)).astype("float32")


def as_array(value):
    """Return a tensor of any backend as an array; what is none stays."""
    return keras.ops.convert_to_numpy(value) if keras.ops.is_tensor(value) else value


def as_number(value):
    """Return a scalar tensor of any backend as a float; what is none stays."""
    value = as_array(value)
    return float(value) if np.ndim(value) == 0 and not isinstance(value, str) else value


def of_form(form, fits, look):
    """Return a function from a result to a dict: which form it has, and what one sees.

    So nobody can return what `look` would have made of a result. form: str, the form in words;
    fits: function result -> bool; look: function from a result of this form to a dict.
    """

    def look_safely(result):
        if not fits(result):
            return {FORM: _form_of(result)}
        return {FORM: form, **look(result)}

    return look_safely


def _form_of(result):
    """Return in words what was returned in place of what is due, without sizes that are drawn."""
    if is_network(result):
        return "a network"
    if keras.ops.is_tensor(result):
        return f"a tensor with {len(result.shape)} axes"
    if isinstance(result, np.ndarray):
        return f"an array with {result.ndim} axes"
    if isinstance(result, (list, tuple, dict)):
        of = f" of {len(result)}" if len(result) < 6 else ""
        return f"a {type(result).__name__}{of}"
    return f"an object of type {type(result).__name__}"
