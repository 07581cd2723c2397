"""Images that several probes draw, and what they look at in arrays."""

import numpy as np


def draw_images(rng, n=2, side=32, channels=3):
    """Return float32 images around zero."""
    return rng.uniform(-0.5, 0.5, size=(n, side, side, channels)).astype("float32")


def dtype_of(value):
    """Return the name of a value's dtype, or of its type where it has none."""
    return str(np.asarray(value).dtype) if hasattr(value, "__array__") else type(value).__name__
