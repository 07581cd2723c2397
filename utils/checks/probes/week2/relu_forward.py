"""On which inputs `relu_forward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_both_signs, draw_signs, draw_sizes, kind_of_array


@probe
def relu_forward(call, rng):
    batch, units, height, width = draw_sizes(rng, 4)
    call(f"a batch of {batch}", draw_both_signs(rng, (batch, units)))
    call("images", draw_both_signs(rng, (2, height, width, 1)))
    call("a vector", draw_both_signs(rng, units))
    call("large numbers", 5000 * draw_both_signs(rng, (2, units)))
    call("small numbers", draw_both_signs(rng, (2, units)) / 1000)
    call("zeros", np.zeros((2, 2)))
    call("the kind of result", draw_signs(rng, (2, units)), then=kind_of_array)
