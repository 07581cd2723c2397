"""On which inputs `frechet` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from


@probe
def frechet(call, rng):
    size = sizes_from(rng)
    width = size(3, 6)

    def cloud(number, columns=width, shift=0.0):
        mix = rng.normal(size=(columns, columns)) + np.eye(columns)
        return rng.normal(size=(number, columns)) @ mix + shift * rng.normal(size=columns)

    codes, others = cloud(size(40, 60), shift=2), cloud(size(20, 30), shift=2)
    call(f"{len(codes)} and {len(others)} codes of {width} numbers", codes, others)
    call("the same codes twice", codes, codes.copy())
    moved = codes + rng.normal(size=width)
    call("the same codes, all moved by one step", codes, moved)
    call("the same codes, three times as wide", codes, 3 * codes)
    call("codes of two numbers", cloud(size(10, 20), 2), cloud(size(10, 20), 2, 1.0))
    call("single precision", codes.astype("float32"), others.astype("float32"))
