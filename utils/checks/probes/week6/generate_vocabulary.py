"""On which inputs `generate_vocabulary` is tried."""

import numpy as np

from ..recorder import probe
from ._captions import new_words


def _sentences(rng, words, counts):
    """Return captions of images, in which each word occurs as often as its count says."""
    tokens = rng.permutation(np.repeat(words, counts)).tolist()
    tokens = [token.title() if rng.random() < 0.3 else token for token in tokens]
    captions = []
    while tokens:
        take = int(rng.integers(1, 6))
        captions.append(" ".join(tokens[:take]) + (" ." if take % 2 else ","))
        tokens = tokens[take:]
    edges = np.sort(rng.integers(0, len(captions) + 1, size=rng.integers(2, 5)))
    return [part.tolist() for part in np.split(np.array(captions, dtype=object), edges)]


@probe
def generate_vocabulary(call, rng):
    counts = [1, 2, 3, 4, 5, 5, 6, *rng.integers(1, 10, size=rng.integers(2, 6))]
    words = rng.permutation(new_words(rng, len(counts))).tolist()
    captions = _sentences(rng, words, counts)
    least, often = int(rng.integers(2, 5)), int(rng.integers(5, 9))
    call(f"{len(words)} words; at least 5 times", captions)
    call(f"the same; at least {least} times", captions, least)
    call("the same; every word", captions, 1)
    in_one = [[" ".join([words[0]] * often)], [words[1]] * 4]
    call(f"a word {often} times in one caption", in_one)
    low, high, word = rng.integers(2, 10), rng.integers(10, 20), words[2]
    mixed = [[f"{low} {word.title()}", f"{high} {word}"], [f"{word.upper()}: {low} or {high}"]]
    call("numbers and capitals", mixed, 2)
    call("an image without captions", [[], [words[3]]], 1)
    call("no images", [])
