"""On which inputs `nearest_distances` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from


@probe
def nearest_distances(call, rng):
    """Pixels are whole steps of 1/64 in single precision: so any right formula finds 0 exactly."""
    size = sizes_from(rng)
    shape = (size(3, 4), size(5, 6), 3)

    def images(number, axes=shape):
        return (rng.integers(-32, 33, size=(number, *axes)) / 64).astype("float32")

    few, many = images(size(8, 12)), images(size(20, 30))
    call(f"{len(few)} images and {len(many)} others", few, many)
    call("more images than others", many, few)
    width = size(4, 7)
    long = rng.normal(size=(size(20, 30), width)) * rng.uniform(0.2, 3, size=(1, width))
    call(f"codes of {width} numbers", rng.normal(size=(size(10, 15), width)), 2 * long)
    number = size(6, 9)
    call("as many images as others", images(number), images(number))
    copied = many[rng.permutation(len(many))[: len(few) // 2]]
    half = rng.permutation(np.concatenate([copied, few]))
    call(f"{len(copied)} of {len(half)} images are among the others", half, many)
    faint = rng.uniform(-0.2, 0.2, size=(size(40, 60), *shape))
    call("all images are among the others", rng.permutation(faint), faint)
    call("one image", images(1), images(size(5, 8)))
    call("one other", images(size(5, 8)), images(1))
    call("grey pictures, without an axis of channels", images(9, shape[:2]), images(12, shape[:2]))
