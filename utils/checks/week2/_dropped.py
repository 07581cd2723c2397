"""What holds for every right way to drop numbers, whichever of them are dropped."""

import math

import numpy as np

PAIR = "two arrays are returned: the output and the mask"
SHAPES = "output and mask have the shape of x"
MASK = "what the mask holds"
PRODUCT = "the output is x times the mask"
SHARE = "the share that is dropped"
ALONE = "each number is dropped on its own"
SAME = "the same generator drops the same numbers"
OTHER = "another generator drops others"
LATER = "a later call drops others"


def dropout_facts(evidence):
    """Replace what was drawn by what holds for every right draw.

    The chance that one of these fails for a right answer is below 1e-6.
    """
    return [{**seen, "value": _facts(seen["value"], seen["facts"])} for seen in evidence]


def _facts(value, facts):
    if value is None:
        return None
    if facts:
        return _facts_of_pair(value, **facts)
    if isinstance(value, list) and len(value) == 4:
        return _facts_of_chance(*value)
    return value


def _facts_of_chance(first, again, other, later):
    return {
        SAME: bool(np.array_equal(first, again)),
        OTHER: not np.array_equal(first, other),
        LATER: not np.array_equal(first, later),
    }


def _facts_of_pair(value, rate, training, x):
    if not isinstance(value, list) or len(value) != 2:
        return {PAIR: False}
    output, mask = (np.asarray(each, float) for each in value)
    if output.shape != x.shape or mask.shape not in (x.shape, ()):
        return {PAIR: True, SHAPES: False}
    mask = np.broadcast_to(mask, x.shape)
    found = {PAIR: True, SHAPES: True, MASK: _what(mask, rate, training)}
    found[PRODUCT] = bool(np.allclose(output, x * mask, rtol=1e-5, atol=1e-7))
    if training and rate and x.size > 1000:
        found[SHARE] = _name_of_share(np.mean(mask == 0), rate, x.size)
        found[ALONE] = _is_drawn_one_by_one(mask)
    return found


def _what(mask, rate, training):
    """Return in words which numbers a mask is made of."""
    values = set(np.round(np.unique(mask), 5).tolist())
    if not training or not rate:
        others = "numbers that were dropped" if 0.0 in values else "other numbers than 1"
        return "1 alone" if values == {1.0} else others
    names = {
        "0 and 1 / (1 − rate)": 1 / (1 - rate),
        "0 and 1": 1.0,
        "0 and 1 / rate": 1 / rate,
        "0 and 1 − rate": 1 - rate,
        "0 and rate": rate,
    }
    for name, number in names.items():
        if values == {0.0, round(number, 5)}:
            return name
    return "1 alone" if values == {1.0} else "something else"


def _name_of_share(share, rate, count):
    """Return which share was dropped: 6 standard deviations are allowed."""
    wide = 6 * math.sqrt(rate * (1 - rate) / count)
    names = {"rate": rate, "1 − rate": 1 - rate}
    return next((name for name, each in names.items() if abs(share - each) < wide), "another")


def _is_drawn_one_by_one(mask):
    """Whether neither rows nor columns nor images are alike."""
    flat = mask.reshape(len(mask), -1)
    return all(len(np.unique(table, axis=0)) > len(table) / 2 for table in (flat, flat.T))
