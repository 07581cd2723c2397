"""How networks that read sequences are tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import outputs, set_known_weights, weights_that_stayed

TIME = 5  # tokens per row
PADDING = 12  # places of padding that are put behind a row


def look_at_layers(value):
    """Return what a model's layers are, those inside others included, a dict.

    What isn't a model stays as it is, unless it is a dict, which could look like this one.
    """
    if not is_network(value):
        return {"no model": value} if isinstance(value, dict) else value
    every = list(value._flatten_layers(include_self=False))
    parts = [
        [type(layer.cell).__name__.removesuffix("Cell"), int(layer.cell.units)]
        for layer in every
        if isinstance(layer, keras.layers.RNN) and hasattr(layer.cell, "units")
    ]
    both_ways = sum(isinstance(layer, keras.layers.Bidirectional) for layer in every)
    rows = [layer.input_dim for layer in every if isinstance(layer, keras.layers.Embedding)]
    return {
        "recurrent layers": parts,
        "how many": len(parts) - both_ways,
        "rows of the largest embedding": max(rows, default=-1),
        "length of rows": _length_of_rows(value),
    }


def _length_of_rows(model):
    """Return how long the rows must be, or −1 for any length."""
    try:
        return int(model.input_shape[1] or -1)
    except (AttributeError, ValueError, TypeError, IndexError):  # not built yet, or written anew
        return -1


def try_network(call, case, args, rng, look, y_shape, facts=None):
    """Build a network; note what `look` sees with given weights, and what training reaches.

    y_shape: from the shape of a batch to that of its targets. facts: dict, of how it is built.
    """
    num_tokens, num_answers = args[0], args[1] if len(args) == 2 else args[0]
    facts = (facts or {}) | {"num_tokens": num_tokens}
    model = call(case, *args, then=look_at_layers, facts=facts)
    if is_network(model):
        asked = {"num_answers": num_answers}
        call.observe(f"{case}: its answers", look, model, rng, num_tokens, facts=asked)
        call.observe(
            f"{case}: training", train_network, model, num_tokens, num_answers, y_shape, rng
        )


def train_network(model, num_tokens, num_answers, y_shape, rng):
    """Return which weights are where they were after one step of gradient descent, or frozen."""
    x = rng.integers(1, num_tokens, size=(4, 3))
    y = rng.integers(1, num_answers, size=y_shape(x.shape))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(1.0), loss, run_eagerly=True)
    stayed = weights_that_stayed(model, lambda: model.train_on_batch(x, y))
    return {"weights that stayed": stayed}


def look_at(model, rng, num_tokens, time, places):
    """Return answers to rows twice, to rows with another token at a place, and to padded rows.

    All but the padded go through the network together, which saves time. It isn't told whether it
    is being trained: a dropout must know by itself.
    """
    ids = rng.integers(1, num_tokens, size=(2, time)).astype("int32")
    outputs(model, ids, training=None)  # some networks have no weights before they are used
    set_known_weights(model, rng)
    batch = [ids, ids]
    for place in places:
        changed = ids.copy()
        changed[:, place] = ids[:, place] % (num_tokens - 1) + 1
        batch.append(changed)
    answers = outputs(model, np.concatenate(batch), training=None)
    if not isinstance(answers, np.ndarray):
        return answers
    if len(answers) != len(ids) * len(batch):
        return {"answers": answers, "one per row": False}
    parts = np.split(answers, len(batch))
    padded = outputs(model, np.pad(ids, ((0, 0), (0, PADDING))), training=None)
    far = _with_other_last_weights(model, ids)
    return {
        "answers": parts[0],
        "one per row": True,
        "again": parts[1],
        "after a change": np.stack(parts[2:]),
        "with padding": padded,
        "with other last weights": far,
        "padding is marked": any(
            getattr(layer, "mask_zero", False) for layer in model._flatten_layers()
        ),
    }


def _with_other_last_weights(model, ids):
    """Return the outputs where the last layer's weights are a hundred times as large, then of the
    other sign too; restore them: in training, large logits would have no gradient."""
    last = model.trainable_weights[-2:]
    kept, found = [keras.ops.convert_to_numpy(weight) for weight in last], []
    for factor in (100, -100, 1):
        for weight, value in zip(last, kept):
            weight.assign(factor * value)
        found.append(outputs(model, ids, training=None))
    return np.stack(found)


def look_at_places(model, rng, num_tokens):
    """Look at a network that answers at each place: does it depend on the token at each other?"""
    return look_at(model, rng, num_tokens, TIME, range(TIME))
