"""On which inputs `train_epoch_with_tape` is tried."""

import numpy as np
import tensorflow as tf

from ..recorder import probe
from ._arrays import draw_sizes, float32
from ._epochs import RATE, draw_batches, equal_samples, numbers, order_seeds, tell_tales


def _epoch(function, values, x, y, batch_size, rate, seed):
    """Return the losses and the variables after an epoch of a network. seed: int, of the generator.

    values: list of arrays, the first weights: of a layer, or of one with tanh and one more.
    """
    variables = [tf.Variable(value) for value in values]

    def predict(batch):
        *hidden, W, b = variables
        batch = tf.cast(batch, tf.float32)
        return (tf.tanh(batch @ hidden[0]) if hidden else batch) @ W + b

    generator = np.random.default_rng(seed)
    losses = function(predict, variables, x, y, batch_size, rate, generator)
    return {"losses": numbers(losses), "parameters": [v.numpy() for v in variables]}


@probe
def train_epoch_with_tape(call, rng):
    features, units, classes = draw_sizes(rng, 3)
    shapes = ((features, units), (units, classes), (classes,))
    values = [float32(rng.normal(size=shape)) for shape in shapes]
    seed, rate = int(rng.integers(2**32)), float(rng.uniform(0.1, 0.3))
    rows = int(rng.integers(6, 9))
    x, y = float32(rng.normal(size=(rows, features))), rng.integers(classes, size=rows)
    case = f"{rows} samples in one batch of at most 10"
    call.inside(case, _epoch, values, x, y, 10, rate, seed)
    large = [values[0], 500 * values[1], values[2]]
    call.inside("the same with large logits", _epoch, large, x, y, 10, rate / 10, seed)
    copies, label = equal_samples(rng, 8, features, classes)
    case = "8 equal samples in batches of 3"
    call.inside(case, _epoch, values, float32(copies), label, 3, rate, seed)
    size, rows = draw_batches(rng)
    x, y = tell_tales(rng, rows, classes)
    one = [np.zeros((rows, classes), np.float32), np.zeros(classes, np.float32)]
    facts = {"batch size": size, "labels": y, "rate": RATE}
    for words, seed in order_seeds(rng):
        case = f"{rows} samples in batches of {size}, {words}"
        call.inside(case, _epoch, one, float32(x), y, size, RATE, seed, facts=facts)
