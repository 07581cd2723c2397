"""On which inputs `one_hot` is tried."""

import numpy as np

from ..recorder import probe
from ._images import dtype_of


@probe
def one_hot(call, rng):
    """More labels than classes, so that a transposed result has another shape."""
    classes, n = int(rng.integers(4, 7)), int(rng.integers(8, 12))
    result = call(f"{n} labels of {classes} classes", rng.permutation(n) % classes, classes)
    call.observe("the dtype of the result", dtype_of, result)
    labels = rng.permutation(n) % (classes - 1)
    call(f"labels without the highest of {classes} classes", labels, classes)
    labels = np.delete(np.arange(classes), int(rng.integers(1, classes - 1)))
    call(f"labels without one in the middle of {classes} classes", rng.permutation(labels), classes)
    call("one label, above 1", rng.integers(2, classes, size=1), classes)
    call("no labels", np.zeros(0, int), classes)
