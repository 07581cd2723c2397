"""On which inputs `relu_forward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_signs, kind_of_array


@probe
def relu_forward(call, rng):
    call("a batch of five", draw_signs(rng, (5, 4)))
    call("images", draw_signs(rng, (2, 3, 3, 1)))
    call("zeros", np.zeros((2, 2)))
    call("the kind of result", draw_signs(rng, (2, 2)), then=kind_of_array)
