"""On which inputs `caption_tokens_to_indices` is tried."""

import numpy as np

from ..recorder import probe
from ._captions import END, PAD, START, UNK, new_words


def _vocabulary(words):
    tokens = sorted([*words, PAD, UNK, START, END])
    return {token: number for number, token in enumerate(tokens)}


@probe
def caption_tokens_to_indices(call, rng):
    known, unknown = np.split(rng.permutation(new_words(rng, 9)), [6])
    vocab = _vocabulary(known.tolist())

    def sentence(count, words=known):
        return " ".join(rng.choice(words, size=count))

    call("two images with two captions each", [[sentence(3), sentence(4)] for _ in "ab"], vocab)
    mixed = [f"{known[0].title()} {unknown[0]}, {known[1]}.", f"{unknown[1]} {unknown[1]}"]
    call("capitals, a comma, and unknown tokens", [mixed], vocab)
    call("three images with 1, 3 and no captions", [[sentence(2)], [sentence(1)] * 3, []], vocab)
    shuffled = dict(zip(vocab, rng.permutation(len(vocab)).tolist()))
    call("a vocabulary with other numbers", [[sentence(5), str(unknown[2])]], shuffled)
    call("an empty caption, and one of punctuation", [["", "..."]], vocab)
    call("a very long caption", [[sentence(200)]], vocab)
    call("no images", [], vocab)
