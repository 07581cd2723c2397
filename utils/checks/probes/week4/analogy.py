"""On which inputs `analogy` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._word_vectors import draw_circle, draw_word_vectors


@probe
def analogy(call, rng):
    size = sizes_from(rng)
    number = size(30, 50)
    vectors = draw_word_vectors(rng, number, size(4, 7))

    def three(of=number):
        return [int(word) for word in rng.choice(of, 3, replace=False)]

    best = size(4, 9)
    call(f"the {best} best of {number} words", vectors, *three(), best)
    call("the best one", vectors, *three(), 1)
    call("all that are left", vectors, *three(), number - 3)
    call("32-bit numbers", vectors.astype("float32"), *three(), size(3, 6))
    first_and_last = 0, number - 1, size(1, number - 2)
    call("the first and the last word", vectors, *first_and_last, size(3, 6))
    few, width = size(8, 12), size(3, 6)
    whole = np.round(50 * rng.normal(size=(few, width)) + 5).astype(int)
    call("whole numbers", whole, *three(few), size(2, 4))
    many = draw_circle(rng, size(2500, 3000))
    many[1] = 2 * many[2]  # so the target is the word 0
    call("many words", many, 1, 2, 0, size(700, 900))
    near = vectors.copy()
    near[:3] = near[0] * (1 + rng.uniform(0, 0.3, size=(3, near.shape[1])))
    call("three words that are near each other", near, *rng.permutation(3).tolist(), size(4, 6))
    call("four words", vectors[:4], *three(4), 1)
