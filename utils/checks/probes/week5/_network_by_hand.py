"""Names and weights that the network by hand is tried on."""

import numpy as np

PAD, START, END = 0, 1, 2


def draw_weights(rng, num_tokens, units, score=1.0):
    """Return Wx, Wh, b, Wy and c; score: float, the size of Wy."""
    return [
        0.6 * rng.normal(size=(num_tokens, units)),
        0.6 * rng.normal(size=(units, units)) / np.sqrt(units),
        0.3 * rng.normal(size=units),
        score * rng.normal(size=(units, num_tokens)),
        0.3 * rng.normal(size=num_tokens),
    ]


def draw_rows(rng, lengths, num_tokens, width=None):
    """Return rows of a start, as many letters as `lengths` says, an end, and padding."""
    rows = np.full((len(lengths), width or max(lengths) + 2), PAD)
    for row, length in zip(rows, lengths):
        row[: length + 2] = [START, *rng.integers(END + 1, num_tokens, size=length), END]
    return rows
