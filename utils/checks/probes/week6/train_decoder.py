"""On which inputs `train_decoder` is tried."""

import keras
import numpy as np

from ..models import set_known_weights
from ..recorder import probe
from ..sizes import sizes_from

TRIED = 3  # steps that are really taken


@probe
def train_decoder(call, rng):
    size = sizes_from(rng)

    def try_on(case, steps, rounds, pad_idx):
        """Draw batches, in every second of which gradients are large."""
        length, vocab_size, rows, time = size(3, 5), size(6, 9), size(3, 4), size(4, 6)
        batches = []
        for number in range(steps):
            images = (8.0 ** (number % 2) * rng.normal(size=(rows, length))).astype("float32")
            tokens = rng.integers(0, vocab_size, size=(rows, time + 1))
            tokens += tokens == pad_idx
            tokens %= vocab_size
            for row, count in zip(tokens, rng.permutation(time - 1)[:rows]):
                row[time + 1 - count :] = pad_idx
            batches.append((images, tokens.astype("int32")))
        facts = {"rounds": rounds, "steps": steps}
        rate, seed = float(rng.uniform(0.05, 0.1)), size(0, 2**32)
        args = (length, vocab_size, seed, batches, rounds, rate, pad_idx)
        call.inside(case, _train, *args, facts=facts)

    try_on("two rounds, padding is token 1", size(6, 7), 2, 1)
    try_on(f"one round, padding is token {(pad := size(2, 4))}", size(10, 12), 1, pad)


class Batches(keras.utils.PyDataset):
    """Batches of ((images, tokens), next tokens)."""

    def __init__(self, drawn):
        super().__init__()
        self.drawn = drawn

    def __len__(self):
        return len(self.drawn)

    def __getitem__(self, number):
        images, tokens = self.drawn[number]
        return (images, tokens[:, :-1]), tokens[:, 1:]


def _scorer(length, vocab_size):
    """Return a network that scores the next token by the last one and by the image."""
    images = keras.Input((length,))
    tokens = keras.Input((None,), dtype="int32")
    seen = keras.layers.Dense(vocab_size)(images)
    read = keras.layers.Embedding(vocab_size, vocab_size)(tokens)
    return keras.Model([images, tokens], read + keras.ops.expand_dims(seen, 1))


def _train(function, length, vocab_size, seed, drawn, rounds, rate, pad_idx):
    """Return what a function of training does with a small network and a `fit` that tells."""
    decoder = set_known_weights(_scorer(length, vocab_size), np.random.default_rng(seed))
    given, all_rounds = Batches(drawn), rounds
    told = {"`fit` was called": False}

    def fit(model, batches, rounds):  # they may be given by name
        told["`fit` was called"] = True
        told["`fit` got"] = [
            "the decoder" if model is decoder else "another model",
            "the batches" if batches is given else "other batches",
            rounds,
        ]
        model.run_eagerly = True  # so few steps aren't worth building a graph
        optimizer, steps = model.optimizer, all_rounds * len(given)
        rates = told["learning rates"] = []
        for step in (0, 1, len(given) // 2, len(given), steps - 1, steps):
            optimizer.iterations.assign(step)
            rates.append(float(keras.ops.convert_to_numpy(optimizer.learning_rate)))
        optimizer.iterations.assign(1)  # the rate of step 0 is 0
        for number in range(TRIED):
            model.train_on_batch(*given[number])
        return {"loss": [0.25 * seed]}

    told["returned"] = function(decoder, given, rounds, rate, pad_idx, fit)
    if not isinstance(told["returned"], dict):
        told["returned"] = type(told["returned"]).__name__
    told["weights"] = decoder.get_weights()
    return told
