"""On which inputs `evaluate_in_batches` is tried."""

import keras

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
    model(x[:1])
    model.dense.set_weights([kernel, bias])
    return function(model, x, y, batch_size)


@probe
def evaluate_in_batches(call, rng):
    limit, classes, features = (int(rng.integers(*ends)) for ends in ((6, 10), (3, 5), (4, 7)))
    kernel = 1.5 * rng.normal(size=(features, classes))  # sure of itself, so that losses differ
    model = float32(kernel), float32(rng.normal(size=classes)), limit

    def try_on(rows, batch_size):
        x, y = float32(rng.normal(size=(rows, features))), rng.permutation(rows) % classes
        call.inside(f"{rows} rows in batches of {batch_size}", _evaluate, *model, x, y, batch_size)

    try_on(2 * limit + int(rng.integers(2, limit // 2 + 1)), limit)
    smaller = int(rng.integers(4, limit))
    try_on(int(rng.integers(3, 5)) * smaller + 1, smaller)
    try_on(int(rng.integers(3, limit)), limit)
    try_on(2 * limit, limit)
