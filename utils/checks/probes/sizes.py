"""Sizes that no one knows beforehand."""


def sizes_from(rng):
    """Return a function `size(low, high)` that draws an int, both ends included."""
    return lambda low, high: int(rng.integers(low, high + 1))
