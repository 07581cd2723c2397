"""Check of `clip_by_norm`: one norm over all arrays, one factor, and only where it is needed."""

import numpy as np

from ..check import new_check

clip_by_norm = new_check(__name__)


def _norm(gradients):
    return np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))


def _factor(norm, max_norm):
    return min(1.0, max_norm / norm) if norm else 1.0


def _clip(gradients, max_norm, norm=_norm, factor=_factor):
    """Return the clipped gradients, with another norm or factor."""
    scale = factor(norm(gradients), max_norm)
    return [gradient * scale for gradient in gradients]


@clip_by_norm.mistake(
    "You clipped each array by its own norm, which changes the direction of the step: take one "
    "norm over all arrays."
)
def each_on_its_own(gradients, max_norm):
    return [_clip([gradient], max_norm)[0] for gradient in gradients]


@clip_by_norm.mistake(
    "You clipped individual numbers, which changes the direction of the step; scale all numbers by "
    "one factor."
)
def by_value(gradients, max_norm):
    return [np.clip(gradient, -max_norm, max_norm) for gradient in gradients]


clip_by_norm.add_mistakes(
    _clip,
    {
        "Gradients that are small enough stay as they are; you scaled them up.": {
            "factor": lambda norm, max_norm: max_norm / norm if norm else 1
        },
        "The root is missing: a norm is the root of the sum of squares.": {
            "norm": lambda gradients: _norm(gradients) ** 2
        },
        "Norms of arrays don't add up; add their squares, then take the root.": {
            "norm": lambda gradients: sum(map(np.linalg.norm, gradients))
        },
        "You took the largest absolute value; take the norm.": {
            "norm": lambda gradients: max(np.abs(gradient).max() for gradient in gradients)
        },
        "You divided by the norm and forgot max_norm: the result has a norm of 1.": {
            "factor": lambda norm, max_norm: 1 / norm if norm > max_norm else 1
        },
    },
)


@clip_by_norm.mistake("You modified the caller's arrays; return new ones.")
def in_place(gradients, max_norm):
    scale = _factor(_norm(gradients), max_norm)
    for gradient in gradients:
        gradient *= scale
    return gradients


@clip_by_norm.alternative
def by_one_long_vector(gradients, max_norm):
    norm = _norm(gradients)
    if norm <= max_norm:
        return gradients
    return tuple(gradient * (max_norm / norm) for gradient in gradients)


@clip_by_norm.alternative
def by_the_larger(gradients, max_norm):
    norm = sum((gradient**2).sum() for gradient in gradients) ** 0.5
    return [gradient * max_norm / max(norm, max_norm) for gradient in gradients]
