"""What was done wrong in a network that takes or gives something of another size than asked."""

import math

FIXED = "32×32×3"  # at which most try their networks


def taken(name, what):
    """Return a function (its size, the right one) -> sentence, for what a network takes.

    name: str, the network's. what: str, what it should take.
    """

    def sentence(ours, theirs):
        if ours == FIXED:
            return f"{name} takes {ours}, whatever `img_shape` says: begin with `img_shape`."
        if _swapped(*map(_sides, (ours, theirs))):
            return f"{name} takes {ours} for {theirs}: `img_shape` is (height, width, channels)."
        return f"{name} should take {what}, {theirs}; yours takes {ours}."

    return sentence


def given(name, what):
    """Return the same for what a network gives: images, codes or logits."""

    def sentence(ours, theirs):
        our, their = _sides(ours), _sides(theirs)
        if len(our) == len(their) == 3:
            return _of_images(name, our, their)
        if len(their) == 3 and our == [math.prod(their)]:
            return f"{name} gives flat rows of {ours} numbers: reshape them to {theirs}."
        if len(their) == 1 and len(our) == 3 and our[-1:] == their:
            return (
                f"{name} gives a grid of {ours}: a dense layer works on the last axis alone, so "
                "flatten before it."
            )
        return f"{name} should give {what}, {theirs} for each row; yours gives {ours}."

    return sentence


def _sides(size):
    return [int(side) if side.isdecimal() else None for side in size.split("×")]


def _swapped(our, their):
    return len(our) == len(their) == 3 and our[:2] == their[1::-1] and our[0] != our[1]


def _of_images(name, our, their):
    words = "×".join(map(str, our)), "×".join(map(str, their))
    if words[0] == FIXED:
        return f"{name} gives {words[0]}, whatever `img_shape` says: compute its sizes from it."
    if _swapped(our, their):
        return f"Height and width are swapped: it gives {words[0]}, and {words[1]} is due."
    if our[:2] == their[:2]:
        return (
            f"{name}'s images have {our[2]} channels in place of {their[2]}: take the number from "
            "`img_shape`."
        )
    doublings = _doublings(our, their)
    if doublings:
        many = abs(doublings)
        which = "few" if doublings < 0 else "many"
        times = f"{many} doublings" if many > 1 else "one doubling"
        return f"{name} gives {words[0]} for {words[1]}: {times} of the grid too {which}."
    if None not in our[:2] and our[0] - their[0] == our[1] - their[1]:
        return (
            f'{name} gives {words[0]} for {words[1]}: without padding="same" a layer changes the '
            "size by its kernel's overhang."
        )
    return f"{name} gives {words[0]} for {words[1]}: compute its grid from `img_shape`."


def _doublings(our, their):
    """Return how many times the grid was doubled too often, or 0 where that isn't all."""
    if None in our + their:
        return 0
    factors = {math.log2(a / b) for a, b in zip(our[:2], their[:2])}
    factor = factors.pop()
    return int(factor) if not factors and factor.is_integer() else 0
