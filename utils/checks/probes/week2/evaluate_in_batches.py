"""On which inputs `evaluate_in_batches` is tried."""

import keras
import numpy as np

from ..recorder import probe
from ._arrays import float32


class LimitedModel(keras.Model):
    """A dense layer that refuses more rows than a limit, and is worse while it trains."""

    def __init__(self, most_rows, num_classes):
        super().__init__()
        self.dense, self.most_rows = keras.layers.Dense(num_classes), most_rows

    def call(self, x, training=False):
        if x.shape[0] is not None and x.shape[0] > self.most_rows:
            raise ValueError(f"{x.shape[0]} rows at once; only {self.most_rows} fit into memory.")
        return self.dense(x) * (-1.0 if training else 1.0)


def _evaluate(function, kernel, bias, most_rows, x, y, batch_size):
    """Return what the function makes of a model with these weights."""
    model = LimitedModel(most_rows, len(bias))
    model.dense.build((None, len(kernel)))
    model.dense.set_weights([kernel, bias])
    return function(model, x, y, batch_size)


def _labels(rng, answers, classes, batch_size):
    """Return labels, of which the model gets the last batch's right, and of others about half.

    So the share that is right differs from batch to batch, and each has some.
    """
    rows = np.arange(len(answers))
    is_last = rows // batch_size == rows[-1] // batch_size
    is_right = is_last & (rows > 0) | (rows % 2 == 1)
    return (answers + np.where(is_right, 0, rng.integers(1, classes, size=len(rows)))) % classes


@probe
def evaluate_in_batches(call, rng):
    limit, classes, features = (int(rng.integers(*ends)) for ends in ((6, 10), (3, 5), (4, 7)))
    kernel = 1.5 * rng.normal(size=(features, classes))  # sure of itself, so that losses differ
    model = float32(kernel), float32(rng.normal(size=classes)), limit

    def try_on(case, rows, batch_size, scale=1.0):
        x = float32(scale * rng.normal(size=(rows, features)))
        y = _labels(rng, (x @ model[0] + model[1]).argmax(axis=1), classes, batch_size)
        call.inside(case, _evaluate, *model, x, y, batch_size)

    def try_rows(rows, batch_size):
        try_on(f"{rows} rows in batches of {batch_size}", rows, batch_size)

    try_rows(2 * limit + int(rng.integers(2, limit // 2 + 1)), limit)
    smaller = int(rng.integers(4, limit))
    try_rows(int(rng.integers(3, 5)) * smaller + 1, smaller)
    try_rows(int(rng.integers(3, limit)), limit)
    try_rows(2 * limit, limit)
    # a wrong answer of so sure a model has a probability that rounds to 0
    try_on(f"{limit + 2} rows with large logits", limit + 2, limit, scale=1000.0)
