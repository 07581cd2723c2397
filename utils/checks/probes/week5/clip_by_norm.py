"""On which inputs `clip_by_norm` is tried."""

import numpy as np

from ..recorder import probe


@probe
def clip_by_norm(call, rng):
    gradients = [rng.normal(size=shape) for shape in ((4, 3), (3, 3), (3,))]
    norm = np.sqrt(sum(np.sum(gradient**2) for gradient in gradients))
    call("three arrays with twice the norm that is allowed", gradients, norm / 2)
    call("three arrays with half the norm that is allowed", gradients, norm * 2)
    call("one large array and a small one", [50 * gradients[0], 0.01 * gradients[2]], 1.0)
    call("one array", [rng.normal(size=5)], 0.1)
    call("zeros", [np.zeros((2, 2)), np.zeros(3)], 1.0)
