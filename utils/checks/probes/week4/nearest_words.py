"""On which inputs `nearest_words` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._word_vectors import draw_circle, draw_word_vectors


@probe
def nearest_words(call, rng):
    size = sizes_from(rng)
    number, best, few = size(30, 50), size(4, 9), size(2, 6)
    vectors = draw_word_vectors(rng, number, size(4, 7))

    def one():
        return size(1, number - 2)

    call(f"the {best} nearest of {number} words", vectors, one(), best)
    call("the nearest one", vectors, one(), 1)
    call("all the others", vectors, one(), number - 1)
    call(f"the first word, {few} nearest", vectors, 0, few)
    call(f"the last word, {few} nearest", vectors.astype("float32"), number - 1, few)
    angles = rng.permutation([0, 20, 50, 90, 130, 170])
    circle = np.array([np.cos(np.radians(angles)), np.sin(np.radians(angles))]).T
    call("whole numbers", (1000 * circle).astype(int), int(np.argmin(angles)), 5)
    call("many words", draw_circle(rng, size(2500, 3000)), 0, size(700, 900))
    for case, place in (("before", 0), ("behind", 2)):
        parallel = vectors[3:9].copy()
        parallel[place] = 2 * parallel[1]
        call(f"a word that points the same way {case} the word", parallel, 1, 3)
    call("two words", vectors[:2], size(0, 1), 1)
