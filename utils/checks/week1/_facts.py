"""Turns a value into a named fact, so that a sentence may be computed of it."""

import numpy as np


def as_fact(name):
    """Return a check's `properties` that puts each value that is a number or an array into a dict,
    under this name."""

    def properties(evidence):
        return [
            {**seen, "value": {name: seen["value"]}} if is_numeric(seen["value"]) else seen
            for seen in evidence
        ]

    return properties


def is_numeric(value):
    """Whether a plain value is a number or an array of numbers."""
    return isinstance(value, (int, float, np.ndarray, np.generic)) and not isinstance(value, bool)
