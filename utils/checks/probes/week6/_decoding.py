"""A small recurrent network, and how decoders of captions are tried on it."""

import numpy as np


class Machine:
    """A small recurrent network in NumPy; decoders are tried on its `step`.

    Its state has two parts, and both matter: the second has the time in its last column.

    end_bias: float, added to the score of the end; it grows by `hurry` in each step. sure: None, or
    the score that the best token gets, where all others get 0. calls: list of (tokens, times), what
    `step` was called with.
    """

    def __init__(self, rng, vocab_size, end_id, end_bias, hurry=0.1, scale=4.5, sure=None):
        units = 12
        self.words = rng.normal(size=(vocab_size, units))
        self.turn = 3 * rng.normal(size=(units, units)) / np.sqrt(units)  # so much is chaotic
        self.score = scale * rng.normal(size=(units, vocab_size)) / np.sqrt(units)
        self.end_id, self.end_bias, self.hurry = end_id, end_bias, hurry
        self.sure, self.calls = sure, []

    def start(self, rng, n):
        """Return a first state of n images: a list of two arrays."""
        half = self.words.shape[1] // 2
        return [
            rng.normal(size=(n, half)),
            np.hstack([rng.normal(size=(n, half)), np.zeros((n, 1))]),
        ]

    def step(self, token_ids, state):
        token_ids = np.asarray(token_ids)
        first, second = (np.asarray(array, dtype=float) for array in state)
        if token_ids.ndim != 1:
            raise ValueError(f"token_ids should have shape (n,); it has {token_ids.shape}.")
        for part in (first, second):
            if len(part) != len(token_ids):
                raise ValueError(f"the state has {len(part)} rows, token_ids {len(token_ids)}.")
        time = second[:, -1]
        self.calls.append((token_ids, time))
        h = np.tanh(np.hstack([first, second[:, :-1]]) @ self.turn + self.words[token_ids])
        logits = h @ self.score
        logits[:, self.end_id] += self.end_bias + self.hurry * time
        if self.sure is not None:
            logits = self.sure * (logits == logits.max(axis=1, keepdims=True))
        half = h.shape[1] // 2
        return logits, [h[:, :half], np.hstack([h[:, half:], time[:, None] + 1])]


def as_arrays(captions):
    """Return captions as arrays, one each."""
    if not isinstance(captions, (list, tuple)):
        return captions
    return [np.array(one) if len(one) else np.array([], int) for one in captions]


def facts_of_captions(captions, n, start_id, end_id, max_len):
    """Return what tells of captions which mistake was made; right ones have the same of all.

    captions: what a decoder returned; of what isn't a list of lists of numbers, these facts say
    nothing.
    """
    try:
        rows = [[int(token) for token in caption] for caption in captions]
    except (TypeError, ValueError):
        rows = [[]] * n
    alike = all(row == rows[0] for row in rows)
    begin = all(row[:1] == [start_id] for row in rows)
    return {
        "there is one caption per image": len(rows) == n,
        "all images have the same list": len(rows) > 1 and alike and len(rows[0]) > max_len,
        "each caption begins with the start": n > 4 and begin and not alike,
        "no caption goes on after its end": not any(end_id in row[:-1] for row in rows),
        "no caption contains its end": not any(end_id in row for row in rows),
        "no caption has more than max_len tokens": not any(len(row) > max_len for row in rows),
    }


def facts_of_calls(calls, n, start_id, max_len):
    """Return what tells of the calls of `step` which mistake was made, as above."""
    together = not calls or (len(calls) <= 2 * max_len and len(calls[0][0]) >= n)
    facts = {
        "step is called for all images at once": together,
        "step reads the start first": not calls or bool((calls[0][0] == start_id).all()),
    }
    passed_on = all((times == number).all() for number, (_, times) in enumerate(calls))
    facts["step is given the state that it returned"] = bool(passed_on) or not together
    many = n > 4 and len(calls) > 1 and together  # with fewer, chance may have it so
    again = many and all((tokens == start_id).all() for tokens, _ in calls[1:])
    return facts | {"step reads the start again and again": bool(again)}


def try_decoder(call, rng, case, n, vocab_size, max_len, end_bias, before=(), after=(), **options):
    """Try a decoder on a new machine; note what it returned and how it went about it."""
    start_id, end_id = (int(number) for number in rng.permutation(vocab_size)[:2])
    machine = Machine(rng, vocab_size, end_id, end_bias, **options)

    def look(captions):
        return {
            **facts_of_calls(machine.calls, n, start_id, max_len),
            **facts_of_captions(captions, n, start_id, end_id, max_len),
            "captions": as_arrays(captions),
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
