"""Splits a data set that has no official split."""


def split_80_10_10(order):
    """Cut shuffled items into training, validation and test parts.

    order: a sequence, in random order. Returns (train, val, test): the first tenth (rounded down)
    is the test part, the next the validation part, the rest the training part.
    """
    tenth = len(order) // 10
    return order[2 * tenth :], order[tenth : 2 * tenth], order[:tenth]
