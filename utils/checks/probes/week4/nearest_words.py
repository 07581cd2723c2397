"""On which inputs `nearest_words` is tried."""

import numpy as np

from ..recorder import probe
from ._word_vectors import draw_word_vectors


@probe
def nearest_words(call, rng):
    vectors = draw_word_vectors(rng, 40, 5)
    call("the 5 nearest of 40 words", vectors, int(rng.integers(1, 39)), 5)
    call("the nearest one", vectors, int(rng.integers(1, 39)), 1)
    call("all the others", vectors, int(rng.integers(1, 39)), 39)
    call("the first word, 3 nearest", vectors, 0, 3)
    call("the last word, 3 nearest", vectors.astype("float32"), 39, 3)
    angles = rng.permutation([0, 20, 50, 90, 130, 170])
    circle = np.array([np.cos(np.radians(angles)), np.sin(np.radians(angles))]).T
    call("whole numbers", (1000 * circle).astype(int), int(np.argmin(angles)), 5)
    call("two words", vectors[:2], 1, 1)
