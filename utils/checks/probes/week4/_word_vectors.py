"""Word vectors that several probes draw."""

import numpy as np


def draw_word_vectors(rng, number, size):
    """Return vectors of very different lengths."""
    return rng.normal(size=(number, size)) * np.exp(1.5 * rng.normal(size=(number, 1)))
