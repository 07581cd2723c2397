"""Check of `train_epoch`: each sample once, in batches, and a step of descent for each batch."""

import numpy as np

from ..check import new_check
from ._epoch_facts import SENTENCES, epoch_facts
from ._epoch_rows import SHARED
from ._wrong_epochs import (
    _crossed,
    _descend,
    _entropy,
    _epoch,
    _first_alone,
    _forward,
    _last_alone,
    _rebound,
    _replaced,
    _twice,
    _uphill,
    _weights_alone,
    _without_rate,
)
from ._wrong_network_gradients import _backward

train_epoch = new_check(__name__, points=3, properties=epoch_facts, sentences=SENTENCES)

NO_CHANGE = (
    "The layers stayed as they were: `W = W - …` makes a new array, and the list still holds the "
    "old one. Change the arrays in place, by `-=`."
)
SOME = "Only some layers were changed: each dense layer has a W and a b, and all of them learn."
train_epoch.add_mistakes(
    _epoch,
    [
        *SHARED,
        (NO_CHANGE, {"update": _rebound}),
        (
            "You went uphill: subtract rate times the gradient from each parameter.",
            {"update": _uphill},
        ),
        (
            "The parameters became the step itself; subtract it from what they were.",
            {"update": _replaced},
        ),
        (
            "The biases stayed as they were: a step changes W and b.",
            {"update": _weights_alone},
        ),
        (SOME, {"update": _last_alone}),
        (SOME, {"update": _first_alone}),
        ("The steps aren't multiplied by the rate.", {"update": _without_rate}),
        ("Each step was taken twice; take one for each batch.", {"update": _twice}),
        (
            "The gradients met other layers than their own: they come in the order of `layers`.",
            {"update": _crossed},
        ),
        (
            "You divided by the number of samples again; the loss's gradient is that of a mean.",
            {"change": lambda grad, rows: grad / len(rows)},
        ),
        (
            "The steps are those of the sum of the losses; the loss is their mean, and its "
            "gradient comes from softmax_cross_entropy as it should.",
            {"change": lambda grad, rows: grad * len(rows)},
        ),
        (
            "All gradients are those of the weights at the start: each batch meets the weights "
            "that the batch before it left.",
            {"stale": True},
        ),
    ],
)


IN_PLACE = (
    "You shuffled the caller's arrays: shuffle the row numbers instead, and index x and y by them."
)


def _in_place(twice):
    def shuffling(layers, x, y, batch_size, rate, rng):
        state = rng.bit_generator.state
        rng.shuffle(x)
        if not twice:
            rng.bit_generator.state = state  # the same order for both
        rng.shuffle(y)
        return _epoch(layers, x, y, batch_size, rate, rng, order=lambda n, rng: np.arange(n))

    return shuffling


train_epoch.mistake(
    IN_PLACE + " Two shuffles also give two orders, so that the labels belong to other samples."
)(_in_place(twice=True))
train_epoch.mistake(IN_PLACE)(_in_place(twice=False))


@train_epoch.alternative
def by_split(layers, x, y, batch_size, rate, rng):
    order = np.arange(len(x))
    rng.shuffle(order)
    found = []
    for rows in np.split(order, range(batch_size, len(order), batch_size)):
        activations = _forward(layers, np.take(x, rows, axis=0))
        loss, grad = _entropy(activations[-1], y[rows])
        _descend(layers, _backward(layers, activations, grad), rate)
        found.append(float(loss))
    return np.array(found)


@train_epoch.alternative
def with_new_pairs(layers, x, y, batch_size, rate, rng):
    order = rng.choice(len(x), size=len(x), replace=False)
    x, y, found = x[order], y[order], []
    while len(x):
        activations = _forward(layers, x[:batch_size])
        loss, grad = _entropy(activations[-1], y[:batch_size])
        gradients = _backward(layers, activations, grad)
        for i, (layer, slopes) in enumerate(zip(layers, gradients)):
            layers[i] = tuple(p - rate * slope for p, slope in zip(layer, slopes))
        found.append(loss)
        x, y = x[batch_size:], y[batch_size:]
    return found
