"""On which inputs `softmax_cross_entropy` is tried."""

import numpy as np

from ..recorder import probe


@probe
def softmax_cross_entropy(call, rng):
    classes = int(rng.integers(3, 6))
    rows = classes + int(rng.integers(1, 4))
    labels = rng.permutation(rows) % classes
    call(f"a batch of {rows}", rng.normal(size=(rows, classes)), labels)
    call("a batch of one", rng.normal(size=(1, classes)), labels[:1])
    sure = rng.integers(classes, size=rows)
    missed = rng.permutation(rows) < 2
    call("logits of 1000 and 0", 1000 * np.eye(classes)[sure], (sure + missed) % classes)
    call("logits of −1000", np.full((2, classes), -1000.0), labels[:2])
    high_and_low = np.array([[1000.0], [-1000.0]]) + rng.uniform(-1, 1, size=(2, 2))
    call("one row near 1000, one near −1000", high_and_low, rng.integers(2, size=2))
    rows = int(rng.integers(2, 7))
    without_last = rng.integers(classes - 1, size=rows)
    call("labels without the last class", rng.normal(size=(rows, classes)), without_last)
