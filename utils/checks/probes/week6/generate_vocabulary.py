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
    edges = np.sort(rng.integers(0, len(captions) + 1, size=3))
    return [part.tolist() for part in np.split(np.array(captions, dtype=object), edges)]


@probe
def generate_vocabulary(call, rng):
    words = rng.permutation(new_words(rng, 9)).tolist()
    counts = np.array([1, 4, 5, 6, 5, 2, 9, 3, 4])
    captions = _sentences(rng, words, counts)
    call("nine words; at least 5 times", captions)
    call("the same; at least 3 times", captions, 3)
    call("the same; every word", captions, 1)
    call("a word five times in one caption", [[" ".join([words[0]] * 5)], [words[1]] * 4])
    call("numbers and capitals", [["2 Dogs", "10 dogs"], ["DOGS: 2 or 10"]], 2)
    call("an image without captions", [[], [words[2]]], 1)
    call("no images", [])
