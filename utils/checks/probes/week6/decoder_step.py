"""On which inputs `decoder_step` is tried."""

import keras
import numpy as np

from ..models import set_known_weights
from ..recorder import probe
from ..sizes import sizes_from


@probe
def decoder_step(call, rng):
    size = sizes_from(rng)
    length, units, narrow, vocab_size = rng.permutation(np.arange(3, 9))[:4].tolist()
    sizes, seed = (length, units, narrow, vocab_size + 4), size(0, 2**32)

    def try_on(case, n, steps=1, scale=1.0):
        tokens = rng.integers(0, sizes[-1], size=(steps, n))
        state = [(scale * rng.normal(size=(n, units))).astype("float32") for _ in range(2)]
        call.inside(case, _walk, sizes, seed, tokens, state)

    try_on(f"{(n := size(9, 12))} captions, one step", n)
    try_on("one caption", 1)
    try_on("as many captions as the LSTM has units", units)
    try_on("a large state", size(2, 4), scale=5.0)
    try_on("three steps, each with the state of the one before", size(2, 4), steps=3)


class Parts(keras.Model):
    """Has a decoder's layers, by their names, and joins none of them."""

    def __init__(self, length, units, narrow, vocab_size):
        super().__init__()
        layers = keras.layers
        self.image_bottleneck = layers.Dense(narrow, "elu", name="image_bottleneck")
        self.image_state = layers.Dense(units, "elu", name="image_state")
        self.words = layers.Embedding(vocab_size, length, name="words")
        self.lstm = layers.LSTM(units, return_sequences=True, name="lstm")
        self.bottleneck = layers.Dense(narrow, "elu", name="bottleneck")
        self.scores = layers.Dense(vocab_size, name="logits")
        shapes = {"image_bottleneck": (7,), "image_state": (narrow,), "words": (3,),
                  "lstm": (3, length), "bottleneck": (units,), "scores": (narrow,)}  # fmt: skip
        for name, shape in shapes.items():
            getattr(self, name).build((None, *shape))
        self.built = True


def _walk(step, sizes, seed, tokens, state):
    """Return what each step gives, the next with the state of the one before."""
    decoder = set_known_weights(Parts(*sizes), np.random.default_rng(seed))
    found = []
    for column in tokens:
        result = step(decoder, column, state)
        if not isinstance(result, (list, tuple)):
            return {"what comes back": "one thing"}
        if len(result) != 2:
            return {"what comes back": f"{len(result)} things"}
        logits, state = result
        if not isinstance(state, (list, tuple)):
            return {"logits": _array(logits), "state": "is no list"}
        state = [_array(part) for part in state]
        found.append({"logits": _array(logits), "state": state})
    return found


def _array(value):
    return keras.ops.convert_to_numpy(value)
