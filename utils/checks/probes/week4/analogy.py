"""On which inputs `analogy` is tried."""

import numpy as np

from ..recorder import probe
from ._word_vectors import draw_word_vectors


@probe
def analogy(call, rng):
    vectors = draw_word_vectors(rng, 40, 5)

    def three():
        return [int(number) for number in rng.choice(40, 3, replace=False)]

    call("the 5 best of 40 words", vectors, *three(), 5)
    call("the best one", vectors, *three(), 1)
    call("all that are left", vectors, *three(), 37)
    call("32-bit numbers", vectors.astype("float32"), *three(), 4)
    call("the first and the last word", vectors, 0, 39, int(rng.integers(1, 39)), 4)
    call("whole numbers", np.round(50 * rng.normal(size=(9, 4)) + 5).astype(int), 2, 5, 7, 2)
    call("four words", vectors[:4], 2, 0, 3, 1)
