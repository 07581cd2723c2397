"""As many samples of a data set as a lesson has time for."""

import numpy as np


def at_most(most, *parts):
    """Return `most` samples of a part of a data set, evenly spread over it, in their order.

    most: int, or None for all. parts: sequences of equal length that can be indexed by an array of
    ints (arrays, ImageFiles), or lists; such as images and their labels. Returns the one part, or a
    list with one for each; unchanged if none has more than `most` samples.
    """
    total = len(parts[0])
    if most is not None and most < total:
        rows = np.arange(most) * total // most
        parts = [
            [part[row] for row in rows] if isinstance(part, list) else part[rows] for part in parts
        ]
    return parts[0] if len(parts) == 1 else list(parts)
