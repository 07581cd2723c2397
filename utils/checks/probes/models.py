"""What the probes of models share: weights of known values, and what a model does with them.

Everything here works on any Keras backend.
"""

import zlib

import keras
import numpy as np


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
    paths of the trainable weights that are exactly where they were, as no gradient reaches them.
    """
    before = [keras.ops.convert_to_numpy(weight) for weight in model.trainable_weights]
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        run_eagerly=True,  # so few steps aren't worth building a graph
    )
    losses = [float(model.train_on_batch(images, labels)) for _ in range(steps)]
    stayed = [
        weight.path
        for weight, old in zip(model.trainable_weights, before)
        if np.array_equal(keras.ops.convert_to_numpy(weight), old)
    ]
    return {"losses": losses, "weights that stayed": stayed}


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
    """Return `look`, a function from a model to evidence, made safe: other values stay."""
    return lambda value: look(value) if isinstance(value, keras.Model) else value


def try_masked_loss(call, rng, what, pad_id, in_order):
    """Try a loss that leaves padding out, on rows of known padding and in a step of `fit`.

    what: str, what a row is, as "name". pad_id: int, the usual id of padding. in_order:
    function (targets, logits, pad_id) -> the arguments as the exercise takes them.
    """

    def try_on(case, batch, time, num_tokens, num_padded, pad_id=pad_id, scale=2.0):
        logits = (scale * rng.normal(size=(batch, time, num_tokens))).astype("float32")
        targets = rng.integers(0, num_tokens - 1, size=(batch, time))
        targets += targets >= pad_id  # all but padding
        for row, count in zip(targets, num_padded):
            row[time - count :] = pad_id
        to_tensor = keras.ops.convert_to_tensor
        call(case, *in_order(to_tensor(targets.astype("int32")), to_tensor(logits), pad_id))

    try_on(f"{what}s of different lengths", 4, 6, 5, (0, 3, 5, 2))
    try_on("no padding", 3, 4, 6, (0, 0, 0))
    try_on("padding is token 3", 3, 5, 6, (1, 4, 0), pad_id=3)
    try_on("very large logits", 2, 5, 4, (2, 1), scale=1000)
    try_on(f"one {what} of one token", 1, 3, 5, (2,))
    table = rng.normal(size=(5, 4)).astype("float32")
    targets = np.array([[1 - pad_id, 3, 2, pad_id, pad_id]])

    def loss(true, logits):
        return call.function(*in_order(keras.ops.cast(true, "int32"), logits, pad_id))

    call.observe("a step of `fit` where logits are weights", _fit_by, loss, table, targets)


def _fit_by(loss, table, targets):
    """Return logits, which are weights, after one step of gradient descent on a loss."""
    weights = keras.layers.Embedding(*table.shape)
    model = keras.Sequential([keras.Input((None,), dtype="int32"), weights])
    weights.set_weights([table])
    model.compile(keras.optimizers.SGD(1.0), loss, run_eagerly=True)
    model.train_on_batch(np.arange(len(table))[None], targets)
    return keras.ops.convert_to_numpy(weights.embeddings)
