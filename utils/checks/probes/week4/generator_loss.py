"""On which inputs `generator_loss` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import as_number
from ._gan import draw_logits, loss_of_sure_ones, move_of_logits


@probe
def generator_loss(call, rng):
    number, other = (int(n) for n in rng.integers((5, 4), (9, 8)))
    call(f"{number} logits", draw_logits(rng, number), then=as_number)
    call("logits of ±1000", np.array([[1000], [-1000]], "float32"), then=loss_of_sure_ones)
    call("one logit of 0", np.zeros((1, 1), "float32"), then=as_number)
    logits = draw_logits(rng, other)
    call.inside("its gradient", move_of_logits, logits, None, then=lambda moved: logits - moved)
