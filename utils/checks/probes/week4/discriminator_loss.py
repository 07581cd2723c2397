"""On which inputs `discriminator_loss` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from
from ._arrays import as_number
from ._gan import draw_logits, loss_of_sure_ones, move_of_logits


@probe
def discriminator_loss(call, rng):
    size = sizes_from(rng)

    def try_on(case, real, fake):
        call(case, real, fake, then=as_number)

    number, few, many = size(5, 8), size(2, 4), size(6, 9)
    try_on(f"{number} logits each", draw_logits(rng, number), draw_logits(rng, number))
    try_on(f"{few} real, {many} fake ones", draw_logits(rng, few), draw_logits(rng, many))
    sure = np.array([[1000], [-1000]], "float32")
    call("logits of ±1000", sure, sure[::-1], then=loss_of_sure_ones)
    try_on("one of each, undecided", np.zeros((1, 1), "float32"), np.zeros((1, 1), "float32"))
    logits, number = draw_logits(rng, size(5, 7)), size(2, 3)
    call.inside("its gradient", move_of_logits, logits, number, then=lambda moved: logits - moved)
