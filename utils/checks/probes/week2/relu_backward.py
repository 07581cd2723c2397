"""On which inputs `relu_backward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_signs


@probe
def relu_backward(call, rng):
    call("a batch of five", rng.normal(size=(5, 4)), draw_signs(rng, (5, 4)))
    call("images", rng.normal(size=(2, 3, 3, 1)), draw_signs(rng, (2, 3, 3, 1)))
    call("inputs of exactly 0", rng.normal(size=(2, 3)), np.zeros((2, 3)))
