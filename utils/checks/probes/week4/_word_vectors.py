"""Word vectors that several probes draw."""

import numpy as np


def draw_word_vectors(rng, number, size):
    """Return vectors of very different lengths."""
    return rng.normal(size=(number, size)) * np.exp(1.5 * rng.normal(size=(number, 1)))


def draw_circle(rng, number):
    """Return words in the plane, whose cosines with the first are far enough apart for any order.

    Of fewer words, or a smaller k, what is only partitioned comes out sorted.
    """
    cosines = np.linspace(0.999, -0.9713, number - 1)
    cosines = np.concatenate([[1], rng.permutation(cosines)])
    circle = np.array([cosines, np.sqrt(1 - cosines**2)]).T
    return circle * rng.uniform(0.5, 2, size=(number, 1))
