"""Images that several probes draw, and tensors made plain."""

import keras
import numpy as np


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
