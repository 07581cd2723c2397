"""On which inputs `generator_loss` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import as_number
from ._gan import draw_logits, slopes_of_one


@probe
def generator_loss(call, rng):
    call("six logits", draw_logits(rng), then=as_number)
    call("logits of ±1000", np.array([[1000], [-1000]], "float32"), then=as_number)
    call("one logit of 0", np.zeros((1, 1), "float32"), then=as_number)
    call.observe("its gradient", slopes_of_one, call.function, rng)
