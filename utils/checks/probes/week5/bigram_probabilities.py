"""On which inputs `bigram_probabilities` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from


def _rows(rng, num_names, num_tokens, max_len):
    """Return a matrix of names of random numbers, 3 to num_tokens − 1; the first fills its row."""
    matrix = np.zeros((num_names, max_len), "int32")
    for number, row in enumerate(matrix):
        length = max_len - 2 if number == 0 else int(rng.integers(1, max_len - 1))
        row[: length + 2] = [1, *rng.integers(3, num_tokens, size=length), 2]
    return matrix


@probe
def bigram_probabilities(call, rng):
    size = sizes_from(rng)

    def smoothing():
        return float(rng.uniform(0.05, 0.5))

    num_names, num_letters = size(18, 24), size(4, 7)
    rows = _rows(rng, num_names, 3 + num_letters, size(8, 10))
    call(f"{num_names} names of {num_letters} letters", rows, 3 + num_letters, smoothing())
    num_tokens, width = size(6, 8), size(4, 5)
    rows = _rows(rng, size(5, 8), num_tokens, 2 * width)[:, :width]
    call("names that are cut, without an end", rows, num_tokens, smoothing())
    rows = _rows(rng, 1, 6, size(5, 7))
    call("one name, and many tokens that don't occur in it", rows, size(11, 14), smoothing() / 10)
