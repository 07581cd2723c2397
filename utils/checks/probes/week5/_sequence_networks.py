"""How networks that read sequences are tried."""

import keras
import numpy as np

from ..attempt import is_network
from ..models import outputs, set_known_weights, weights_that_stayed

TIME = 5  # tokens per row


def look_at_layers(value):
    """Return [cell, units] of each recurrent layer of a model, those inside others included.

    What isn't a model stays as it is, unless it is a dict, which could look like this one.
    """
    if not is_network(value):
        return {"no model": value} if isinstance(value, dict) else value
    parts = [
        [type(layer.cell).__name__.removesuffix("Cell"), int(layer.cell.units)]
        for layer in value._flatten_layers(include_self=False)
        if isinstance(layer, keras.layers.RNN) and hasattr(layer.cell, "units")
    ]
    return {"recurrent layers": parts}


def try_network(call, case, args, rng, look, y_shape, facts=None):
    """Build a network; note what `look` sees with given weights, and what training reaches.

    y_shape: from the shape of a batch to that of its targets. facts: dict, of how it is built.
    """
    num_tokens, num_answers = args[0], args[1] if len(args) == 2 else args[0]
    model = call(case, *args, then=look_at_layers, facts=facts)
    if is_network(model):
        set_known_weights(model, rng)
        call.observe(f"{case}: its answers", look, model, draw_tokens(rng, num_tokens), num_tokens)
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


def draw_tokens(rng, num_tokens):
    return rng.integers(1, num_tokens, size=(2, TIME)).astype("int32")


def look_at(model, ids, num_tokens, places):
    """Return answers to the rows twice, to rows with another token at a place, and to padded rows.

    All but the padded go through the network together, which saves time.
    """
    batch = [ids, ids]
    for place in places:
        changed = ids.copy()
        changed[:, place] = ids[:, place] % (num_tokens - 1) + 1
        batch.append(changed)
    answers = outputs(model, np.concatenate(batch))
    if not isinstance(answers, np.ndarray) or len(answers) != len(ids) * len(batch):
        return answers
    parts = np.split(answers, len(batch))
    padded = outputs(model, np.pad(ids, ((0, 0), (0, 3))))
    for weight in model.trainable_weights[-2:]:  # those of the last layer: every logit turns
        weight.assign(-weight)
    return {
        "answers": parts[0],
        "again": parts[1],
        "after a change": np.stack(parts[2:]),
        "with padding": padded,
        "with the last layer's weights negated": outputs(model, ids),
    }


def look_at_places(model, ids, num_tokens):
    return look_at(model, ids, num_tokens, places=(2,))
