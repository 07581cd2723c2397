"""On which inputs `train_epoch` is tried."""

import numpy as np

from ..recorder import probe
from ._arrays import draw_sizes
from ._epochs import RATE, draw_batches, equal_samples, numbers, order_seeds, tell_tales


def _epoch(train_epoch, layers, x, y, batch_size, rate, seed):
    """Return the losses and the parameters after an epoch. seed: int, of the generator."""
    own = [tuple(np.array(parameter) for parameter in layer) for layer in layers]
    losses = train_epoch(own, x, y, batch_size, rate, np.random.default_rng(seed))
    return {"losses": numbers(losses), "parameters": [p for layer in own for p in layer]}


def _layers(rng, *widths):
    """Return dense layers with a ReLU between them."""
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        W = rng.normal(size=(inputs, outputs)) / np.sqrt(inputs)
        layers += [(W, rng.uniform(0.1, 0.5, size=outputs)), ()]
    return layers[:-1]


@probe
def train_epoch(call, rng):
    features, units, classes = draw_sizes(rng, 3)
    layers = _layers(rng, features, 3 * units, units, classes)
    seed, rate = int(rng.integers(2**32)), float(rng.uniform(0.1, 0.3))
    rows = int(rng.integers(6, 9))
    x, y = rng.normal(size=(rows, features)), rng.integers(classes, size=rows)
    case = f"{rows} samples in one batch of at most 10"
    call.inside(case, _epoch, layers, x, y, 10, rate, seed)
    copies = equal_samples(rng, 8, features, classes)
    call.inside("8 equal samples in batches of 3", _epoch, layers, *copies, 3, rate, seed)
    call.inside("8 equal samples in batches of 4", _epoch, layers, *copies, 4, rate, seed)
    size, rows = draw_batches(rng)
    x, y = tell_tales(rng, rows, classes)
    one = [(np.zeros((rows, classes)), np.zeros(classes))]
    facts = {"batch size": size, "labels": y, "rate": RATE}
    for words, seed in order_seeds(rng):
        case = f"{rows} samples in batches of {size}, {words}"
        call.inside(case, _epoch, one, x, y, size, RATE, seed, facts=facts)
