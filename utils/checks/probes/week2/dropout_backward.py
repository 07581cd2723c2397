"""On which inputs `dropout_backward` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_both_signs, draw_sizes


def _mask(rng, shape):
    """Return a mask as dropout makes it, and its rate; of each kind of entry there is one."""
    rate = float(rng.choice([0.2, 0.3, 0.4, 0.6, 0.7]))
    kept = rng.random(shape) >= rate
    kept.flat[:2] = True, False
    return kept / (1 - rate), rate


@probe
def dropout_backward(call, rng):
    batch, units, height, width = draw_sizes(rng, 4)
    for name, shape in (
        (f"a batch of {batch}", (batch, units)),
        ("images", (2, height, width, 3)),
        ("a vector", (units,)),
    ):
        mask, rate = _mask(rng, shape)
        call(f"{name}, rate {rate}", draw_both_signs(rng, shape), mask)
    call("a mask of ones", draw_both_signs(rng, (batch, units)), np.ones((batch, units)))
