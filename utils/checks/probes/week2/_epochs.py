"""What an epoch is tried on: data in which the order of samples is of no importance, and data that
tell in which batch each sample was."""

import numpy as np

RATE = 1e-3  # so small that all batches of an epoch meet nearly the same weights


def numbers(losses):
    """Return the losses that an epoch returned as an array, or words where there are none."""
    return "nothing was returned" if losses is None else np.array(losses, dtype=float)


def equal_samples(rng, rows, features, classes):
    """Return so many copies of one sample: their order changes nothing."""
    x = rng.normal(size=(1, features)) + np.zeros((rows, 1))
    return x, np.full(rows, int(rng.integers(classes)))


def draw_batches(rng):
    """Return a batch size and a number of samples whose last batch is short by one."""
    size = int(rng.integers(4, 6))
    return size, 4 * size - 1


def tell_tales(rng, rows, classes):
    """Return samples of which each has an input of its own, and labels; each class is there."""
    return np.eye(rows), rng.permutation(np.arange(rows) % classes)


def order_seeds(rng):
    """Return [(words, seed)]: the first two are alike, the others differ."""
    first, *others = (int(n) for n in rng.integers(2**32, size=4))
    return [
        ("a generator", first),
        ("the same generator", first),
        *((f"another generator, number {i}", seed) for i, seed in enumerate(others, 1)),
    ]
