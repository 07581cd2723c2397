"""On which inputs `softmax_cross_entropy` is tried."""

import numpy as np

from ..recorder import probe


@probe
def softmax_cross_entropy(call, rng):
    labels = rng.permutation(6) % 4
    call("a batch of six", rng.normal(size=(6, 4)), labels)
    call("a batch of one", rng.normal(size=(1, 4)), labels[:1])
    extreme = 1000 * np.eye(4)[[0, 1, 2]]
    call("logits of 1000 and 0", extreme, np.array([0, 1, 3]))
    call("logits of −1000", np.full((2, 4), -1000.0), labels[:2])
    call(
        "one row near 1000, one near −1000",
        np.array([[1000.0, 999], [-999, -1000]]),
        labels[:2] % 2,
    )
    call("labels without the last class", rng.normal(size=(3, 4)), np.array([0, 1, 1]))
