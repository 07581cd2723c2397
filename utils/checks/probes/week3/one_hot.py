"""On which inputs `one_hot` is tried."""

import numpy as np

from ..recorder import probe


@probe
def one_hot(call, rng):
    """More labels than classes, so that a transposed result has another shape."""
    classes, n = int(rng.integers(3, 7)), int(rng.integers(7, 12))
    call(f"{n} labels of {classes} classes", rng.permutation(n) % classes, classes)
    labels = rng.permutation(n) % (classes - 1)
    call(f"labels without the highest of {classes} classes", labels, classes)
    call("one label", rng.integers(0, classes, size=1), classes)
    call("no labels", np.zeros(0, int), classes)
