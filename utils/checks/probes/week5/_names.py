"""Names that several probes draw, and the numbers of their tokens."""

import numpy as np

PAD, START, END = "<pad>", "<start>", "<end>"


LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")


CHARACTERS = (*map(str.upper, LETTERS), *LETTERS)


def draw_words(rng, lengths, letters=LETTERS):
    """Return names of the given lengths with a capital at the front."""
    return ["".join(rng.choice(letters, size=length)).capitalize() for length in lengths]


def draw_ids(rng, num_letters):
    """Return the number of each token: padding, start, end, then some letters in their order."""
    is_in = rng.permutation(len(CHARACTERS)) < num_letters
    letters = np.array(CHARACTERS)[is_in].tolist()
    return {PAD: 0, START: 1, END: 2} | dict(zip(letters, range(3, 3 + num_letters)))
