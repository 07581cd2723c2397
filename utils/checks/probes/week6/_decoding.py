"""A small recurrent network, and how decoders of captions are tried on it."""

import numpy as np


class Machine:
    """A small recurrent network in NumPy; decoders are tried on its `step`.

    end_bias: float, added to the score of the end; it grows by `hurry` in each step. sure: None, or
    the score that the best token gets, where all others get 0. calls: how often `step` was called.
    """

    def __init__(self, rng, vocab_size, end_id, end_bias, hurry=0.1, scale=4.5, sure=None):
        units = 12
        self.words = rng.normal(size=(vocab_size, units))
        self.turn = 3 * rng.normal(size=(units, units)) / np.sqrt(units)  # so much is chaotic
        self.score = scale * rng.normal(size=(units, vocab_size)) / np.sqrt(units)
        self.end_id, self.end_bias, self.hurry = end_id, end_bias, hurry
        self.sure, self.calls = sure, 0

    def start(self, rng, n):
        """Return a first state of n images: a list of two arrays."""
        return [rng.normal(size=(n, self.words.shape[1])), np.zeros((n, 1))]

    def step(self, token_ids, state):
        self.calls += 1
        token_ids = np.asarray(token_ids)
        h, time = (np.asarray(array, dtype=float) for array in state)
        if token_ids.ndim != 1:
            raise ValueError(f"token_ids should have shape (n,); it has {token_ids.shape}.")
        if len(h) != len(token_ids):
            raise ValueError(f"the state has {len(h)} rows, token_ids {len(token_ids)}.")
        h = np.tanh(h @ self.turn + self.words[token_ids])
        logits = h @ self.score
        logits[:, self.end_id] += self.end_bias + self.hurry * time[:, 0]
        if self.sure is not None:
            logits = self.sure * (logits == logits.max(axis=1, keepdims=True))
        return logits, [h, time + 1]


def as_arrays(captions):
    """Return captions as arrays, one each."""
    if not isinstance(captions, (list, tuple)):
        return captions
    return [np.array(one) if len(one) else np.array([], int) for one in captions]


def try_decoder(call, rng, case, n, vocab_size, max_len, end_bias, before=(), after=(), **options):
    """Try a decoder on a new machine; note what it returned and how it went about it."""
    start_id, end_id = (int(number) for number in rng.permutation(vocab_size)[:2])
    machine = Machine(rng, vocab_size, end_id, end_bias, **options)

    def look(captions):
        return {
            "captions": as_arrays(captions),
            "step is called for all images at once": machine.calls <= max_len,
        }

    state = machine.start(rng, n)
    call(case, machine.step, state, start_id, end_id, *before, max_len, *after, then=look)


def decoded(rng):
    """Return what decoders are tried on: the case, images, tokens, max_len, bias of the end."""
    many, some, few = (int(rng.integers(*ends)) for ends in ((13, 18), (8, 12), (5, 8)))
    long, longer = rng.integers(17, 22, size=2).tolist()
    most, medium, short = (int(rng.integers(*ends)) for ends in ((3, 5), (7, 10), (4, 7)))
    sizes = rng.integers(6, 9, size=6).tolist()
    return [
        (f"{many} images", many, sizes[0] + 1, long, -1.0),
        (f"{some} images", some, sizes[1], longer, 0.0),
        (f"{few} images, cut at {most} tokens", few, sizes[2] + 2, most, -2.0),
        ("one image", 1, sizes[3], medium, -1.0),
        ("captions that end at once", few - 2, sizes[4], short, 40.0),
        ("one token at most", few - 1, sizes[5], 1, -1.0),
    ]
