"""How a set without a publisher's split is cut into parts."""


def tenths(order):
    """Cut shuffled items into training, validation and test part.

    order: a sequence, in random order. Returns (train, val, test): the first tenth (rounded down)
    is the test part, the next the validation part, the rest the training part.
    """
    tenth = len(order) // 10
    return order[2 * tenth :], order[tenth : 2 * tenth], order[:tenth]
