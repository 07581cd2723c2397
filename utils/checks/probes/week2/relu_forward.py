"""On which inputs `relu_forward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_signs, draw_sizes, kind_of_array


@probe
def relu_forward(call, rng):
    batch, units, height, width = draw_sizes(rng, 4)
    call(f"a batch of {batch}", draw_signs(rng, (batch, units)))
    call("images", draw_signs(rng, (2, height, width, 1)))
    call("zeros", np.zeros((2, 2)))
    call("the kind of result", draw_signs(rng, (2, units)), then=kind_of_array)
