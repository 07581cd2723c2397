"""On which inputs `relu_backward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_signs, draw_sizes


@probe
def relu_backward(call, rng):
    batch, units, height, width = draw_sizes(rng, 4)
    for case, shape in (
        (f"a batch of {batch}", (batch, units)),
        ("images", (2, height, width, 1)),
    ):
        call(case, rng.normal(size=shape), draw_signs(rng, shape))
    call("inputs of exactly 0", rng.normal(size=(2, units)), np.zeros((2, units)))
