"""On which inputs `discriminator_loss` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import as_number
from ._gan import draw_logits, slopes_of_one


@probe
def discriminator_loss(call, rng):
    call("six logits each", draw_logits(rng), draw_logits(rng), then=as_number)
    call("four real, nine fake ones", draw_logits(rng, 4), draw_logits(rng, 9), then=as_number)
    sure = np.array([[1000], [-1000]], "float32")
    call("logits of ±1000", sure, sure[::-1], then=as_number)
    call("one of each, undecided", np.zeros((1, 1), "float32"), np.zeros((1, 1), "float32"),
         then=as_number)  # fmt: skip
    call.observe("its gradient", _slopes, call.function, rng)


def _slopes(loss, rng):
    return slopes_of_one(lambda logits: loss(logits[:2], logits[2:]), rng)
