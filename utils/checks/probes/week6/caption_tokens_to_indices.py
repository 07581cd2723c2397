"""On which inputs `caption_tokens_to_indices` is tried."""

import numpy as np

from ..recorder import probe
from ._captions import END, PAD, START, UNK, new_words


@probe
def caption_tokens_to_indices(call, rng):
    size = int(rng.integers(6, 10))
    known, unknown = np.split(rng.permutation(new_words(rng, size + 3)), [size])
    tokens = rng.permutation([*known, PAD, UNK, START, END]).tolist()

    def vocabulary(largest):
        """Return the tokens with different numbers below `largest`; they follow no order.

        The first word has the smallest, and special tokens have none that sorting would give them.
        """
        while True:
            vocab = dict(zip(tokens, rng.permutation(largest)[: len(tokens)].tolist()))
            first, least = str(known[0]), min(vocab, key=vocab.get)
            vocab[first], vocab[least] = vocab[least], vocab[first]
            if all(vocab[token] != number for number, token in enumerate((END, PAD, START, UNK))):
                return vocab

    def sentences(count, longest=6):
        lengths = rng.integers(1, longest, size=count)
        return [" ".join(rng.choice(known, size=length)) for length in lengths]

    vocab = vocabulary(len(tokens))
    images, each = rng.integers(2, 5, size=2)
    case = f"{images} images with {each} captions each"
    call(case, [sentences(each) for _ in range(images)], vocab)
    mixed = [f"{known[0].title()} {unknown[0]}, {known[1]}.", f"{unknown[1]} {unknown[1]}"]
    call("capitals, a comma, and unknown tokens", [mixed], vocab)
    call("three images with 1, 3 and no captions", [sentences(1), sentences(3), []], vocab)
    other = [f"{sentences(1)[0]} {unknown[2]}"]
    call("a vocabulary with other numbers", [other], vocabulary(1000))
    call("an empty caption, and one of punctuation", [["", "..."]], vocab)
    many = rng.choice(known, size=rng.integers(150, 250))
    call("a very long caption", [[" ".join(many)]], vocab)
    call("no images", [], vocab)
