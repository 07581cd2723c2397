"""On which inputs `bigram_probabilities` is tried."""

import numpy as np

from ..recorder import probe


def _rows(rng, num_names, num_tokens, max_len):
    """Return a matrix of names of random numbers, 3 to num_tokens − 1; the first fills its row."""
    matrix = np.zeros((num_names, max_len), "int32")
    for number, row in enumerate(matrix):
        length = max_len - 2 if number == 0 else int(rng.integers(1, max_len - 1))
        row[: length + 2] = [1, *rng.integers(3, num_tokens, size=length), 2]
    return matrix


@probe
def bigram_probabilities(call, rng):
    call("twenty names of five letters", _rows(rng, 20, 8, 9), 8, rng.uniform(0.05, 0.5))
    call("names that are cut, without an end", _rows(rng, 6, 7, 8)[:, :4], 7, 0.3)
    call("one name, and many tokens that don't occur in it", _rows(rng, 1, 6, 5), 12, 0.01)
    call("no names", np.zeros((0, 6), "int32"), 5, 1.0)
