"""On which inputs `relu_backward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_both_signs, draw_signs, draw_sizes


@probe
def relu_backward(call, rng):
    batch, units, height, width = draw_sizes(rng, 4)
    for case, shape in (
        (f"a batch of {batch}", (batch, units)),
        ("images", (2, height, width, 1)),
        ("vectors", (units,)),
    ):
        call(case, draw_both_signs(rng, shape), draw_both_signs(rng, shape))
    call("inputs of exactly 0", draw_signs(rng, (2, units)), np.zeros((2, units)))
    pair = draw_signs(rng, (2, batch, 2))
    call("large and small inputs", pair[0], pair[1] * [1000, 0.001])
