"""On which inputs `evaluate_in_batches` is tried."""

import keras

from ..models import set_known_weights
from ..recorder import probe
from ._arrays import float32


class LimitedModel(keras.Model):
    """A dense layer that refuses more rows than a limit, and is worse while it trains."""

    def __init__(self, most_rows):
        super().__init__()
        self.dense, self.most_rows = keras.layers.Dense(3), most_rows

    def call(self, x, training=False):
        if x.shape[0] is not None and x.shape[0] > self.most_rows:
            raise ValueError(f"{x.shape[0]} rows at once; only {self.most_rows} fit into memory.")
        return self.dense(x) * (-1.0 if training else 1.0)


@probe
def evaluate_in_batches(call, rng):
    x, y = float32(rng.normal(size=(23, 4))), rng.permutation(23) % 3
    model = LimitedModel(most_rows=8)
    model(x[:1])
    set_known_weights(model, rng)
    model.dense.kernel.assign(3 * model.dense.kernel)  # sure of itself, so that losses differ
    call("23 rows in batches of 8", model, x, y, 8)
    call("23 rows in batches of 5", model, x, y, 5)
    call("six rows in batches of 8", model, x[:6], y[:6], 8)
    call("16 rows in batches of 8", model, x[:16], y[:16], 8)
