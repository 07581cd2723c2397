"""What the probes of models share: weights of known values, and what a model does with them.

Everything here works on any Keras backend.
"""

import re
import zlib

import keras
import numpy as np

from .attempt import is_network
from .sizes import sizes_from


def weight_shapes(model):
    """Return the shapes of a model's weights, in its own order, as lists of int."""
    return [list(weight.shape) for weight in model.weights]


def set_known_weights(model, rng):
    """Give every weight of a model a value drawn from `rng`; return the model.

    What must be positive (scales and variances of normalizations) is drawn from 0.5 to 1.5,
    everything else from a normal distribution whose width keeps activations near one.
    """
    for weight in model.weights:
        weight.assign(_known_value(weight, rng))
    return model


def _known_value(weight, rng):
    if weight.name in ("gamma", "moving_variance", "variance"):
        return rng.uniform(0.5, 1.5, size=weight.shape).astype("float32")
    fan_in = max(1, int(np.prod(weight.shape[:-1])))
    return (rng.normal(size=weight.shape) / np.sqrt(fan_in)).astype("float32")


def outputs(model, *inputs, training=False):
    """Return a model's outputs as float32 arrays; several outputs make a list."""
    result = model(*inputs, training=training)
    if isinstance(result, (list, tuple)):
        return [keras.ops.convert_to_numpy(item) for item in result]
    return keras.ops.convert_to_numpy(result)


def train_on(model, images, labels, steps, rate):
    """Train a classifier that outputs logits on one batch with Adam; return how it went, a dict.

    steps: int; rate: float, the learning rate. "losses": one float per step; "weights that stayed":
    see `weights_that_stayed`.
    """
    losses = []
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        run_eagerly=True,  # so few steps aren't worth building a graph
    )

    def train():
        for _ in range(steps):
            losses.append(float(model.train_on_batch(images, labels, return_dict=True)["loss"]))

    return {"weights that stayed": weights_that_stayed(model, train), "losses": losses}


def weights_that_stayed(model, train):
    """Return which weights `train()` leaves exactly as they are, as no gradient reaches them or as
    they are frozen: a list of str, without the numbers that Keras gives to layers. Where no weight
    learns at all, that is said there."""
    none = [] if model.trainable_weights else ["no weight learns"]
    before = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
    train()
    stayed = [
        weight
        for weight, old in zip(model.trainable_weights, before)
        if np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]
    found = stayed + _frozen_weights(model)
    return none + sorted(re.sub(r"_\d+", "", weight.path) for weight in found)


def _frozen_weights(model):
    """Return the weights that a network was built to learn, and that are frozen.

    What no layer ever learns by a gradient, such as the moving means of a batch norm, is not among
    them. A network that can't leave its box can't be asked.
    """
    made_to_learn = {
        id(weight): weight
        for layer in model._flatten_layers()
        for weight in layer._trainable_variables
    }
    for weight in model.trainable_weights:
        made_to_learn.pop(id(weight), None)
    return list(made_to_learn.values())


def set_alike_weights(model, rng):
    """Give weights with the same name and shape the same value, drawn from `rng`; return the model.

    So what the model computes doesn't depend on the order in which its branches were built, which
    decides the order of its weights.
    """
    seed = int(rng.integers(2**32))
    for weight in model.weights:
        kind = zlib.crc32(f"{weight.name} {tuple(weight.shape)}".encode())
        weight.assign(_known_value(weight, np.random.default_rng([seed, kind])))
    return model


def if_model(look):
    """Return `look`, a function from a model to evidence, for whatever was returned.

    Other values are refused: they are no evidence, however much a dict may look like it.
    """
    return lambda value: look(need_model(value))


def need_model(value):
    """Return a value that is a model; raise TypeError for any other."""
    if not is_network(value):
        hint = " Is a `return` missing?" if value is None else ""
        kind = "nothing" if value is None else f"a value of type {type(value).__name__}"
        raise TypeError(f"A Keras model was expected; {kind} was returned.{hint}")
    return value


def try_masked_loss(call, rng, what, pad_id, targets_first):
    """Try a loss that leaves padding out, on rows of known padding and in a step of `fit`.

    what: str, what a row is, as "name". pad_id: int, the usual id of padding. targets_first: bool,
    whether the loss takes (targets, logits, pad_id), or else (logits, targets, pad_id).
    """

    def try_on(case, batch, time, num_tokens, num_padded, pad_id=pad_id, scale=2.0):
        logits = (scale * rng.normal(size=(batch, time, num_tokens))).astype("float32")
        targets = _draw_targets(rng, num_tokens, time, num_padded, pad_id)
        pair = map(keras.ops.convert_to_tensor, _in_order(targets, logits, targets_first))
        call(case, *pair, pad_id)

    size = sizes_from(rng)
    batch, time = size(4, 5), size(6, 7)
    lengths = rng.permutation(time - 1)[:batch]
    try_on(f"{what}s of different lengths", batch, time, size(5, 7), lengths)
    batch = size(2, 4)
    try_on("no padding", batch, size(4, 6), size(5, 7), [0] * batch)
    other = size(3, 4)  # for padding
    try_on(f"padding is token {other}", 3, 5, size(6, 8), rng.permutation([0, 1, 4]), pad_id=other)
    try_on("very large logits", 2, size(6, 8), size(4, 6), rng.permutation([1, 2]), scale=1000)
    time = size(3, 4)
    try_on(f"one {what} of one token", 1, time, size(5, 7), [time - 1])
    num_tokens, time = size(4, 6), size(5, 7)
    table = rng.normal(size=(time, num_tokens)).astype("float32")
    targets = _draw_targets(rng, num_tokens, time, [size(1, 2)], pad_id)
    case = "a step of `fit` where logits are weights"
    call.inside(case, _fit_by, table, targets, pad_id, targets_first)


def _draw_targets(rng, num_tokens, time, num_padded, pad_id):
    """Return rows of random tokens with so much padding at their ends as num_padded lists."""
    targets = rng.integers(0, num_tokens - 1, size=(len(num_padded), time))
    targets += targets >= pad_id  # all but padding
    for row, count in zip(targets, num_padded):
        row[time - count :] = pad_id
    return targets.astype("int32")


def _in_order(targets, logits, targets_first):
    return (targets, logits) if targets_first else (logits, targets)


def _fit_by(function, table, targets, pad_id, targets_first):
    """Return logits, which are weights, after one step of gradient descent on a loss."""

    def loss(true, logits):
        return function(*_in_order(keras.ops.cast(true, "int32"), logits, targets_first), pad_id)

    weights = keras.layers.Embedding(*table.shape)
    model = keras.Sequential([keras.Input((None,), dtype="int32"), weights])
    weights.set_weights([table])
    model.compile(keras.optimizers.SGD(1.0), loss, run_eagerly=True)
    model.train_on_batch(np.arange(len(table))[None], targets)
    return keras.ops.convert_to_numpy(weights.embeddings)
