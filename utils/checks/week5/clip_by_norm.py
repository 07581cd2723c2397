"""Check of `clip_by_norm`: one norm over all arrays, one factor, and only where it is needed."""

import numpy as np

from ..check import new_check
from ._wrong_clippings import ROWS, common_norm

clip_by_norm = new_check(__name__, rtol=1e-5)  # a tiny number in a denominator is no mistake


def _factor(norm, max_norm):
    return min(1.0, max_norm / norm) if norm else 1.0


def _clip(gradients, max_norm, norm=common_norm, factor=_factor, result=lambda clipped: clipped):
    """Return the clipped gradients, with another norm or factor."""
    with np.errstate(all="ignore"):
        scale = factor(np.float64(norm(gradients)), max_norm)
        return result([gradient * scale for gradient in gradients])


@clip_by_norm.mistake(
    "You clipped each array by its own norm, which changes the direction of the step: take one "
    "norm over all arrays."
)
def each_on_its_own(gradients, max_norm):
    return [_clip([gradient], max_norm)[0] for gradient in gradients]


BY_VALUE = (
    "You clipped individual numbers, which changes the direction of the step; scale all numbers by "
    "one factor."
)


@clip_by_norm.mistake(BY_VALUE)
def by_value(gradients, max_norm):
    return [np.clip(gradient, -max_norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake(BY_VALUE)
def by_upper_value(gradients, max_norm):
    return [np.minimum(gradient, max_norm) for gradient in gradients]


@clip_by_norm.mistake("You divided each array by its own norm; take one norm over all arrays.")
def each_to_max_norm(gradients, max_norm):
    return [_clip([g], max_norm, factor=lambda n, m: m / n if n else 1)[0] for g in gradients]


@clip_by_norm.mistake(
    "You took the norm of each row or column; the common norm is one number for all arrays."
)
def row_by_row(gradients, max_norm):
    norms = (np.linalg.norm(g, axis=-1, keepdims=True) for g in gradients)
    return [g * np.minimum(1, max_norm / np.maximum(n, 1e-12)) for g, n in zip(gradients, norms)]


@clip_by_norm.mistake("You subtracted what is too much from each number; scale all by one factor.")
def by_subtraction(gradients, max_norm):
    too_much = max(0, common_norm(gradients) - max_norm)
    return [gradient - too_much for gradient in gradients]


@clip_by_norm.mistake("Arrays that are too large must be scaled, not replaced by max_norm.")
def replaced(gradients, max_norm):
    return [np.full_like(g, max_norm) if common_norm([g]) > max_norm else g for g in gradients]


clip_by_norm.add_mistakes(_clip, ROWS)


@clip_by_norm.mistake("Where nothing needs to be scaled, you return nothing; return the gradients.")
def nothing_where_small(gradients, max_norm):
    return _clip(gradients, max_norm) if common_norm(gradients) > max_norm else None


@clip_by_norm.mistake("You modified the caller's arrays; return new ones.")
def in_place(gradients, max_norm):
    scale = _factor(common_norm(gradients), max_norm)
    for gradient in gradients:
        gradient *= scale
    return gradients


@clip_by_norm.alternative
def by_one_long_vector(gradients, max_norm):
    norm = common_norm(gradients)
    if norm <= max_norm:
        return gradients
    return tuple(gradient * (max_norm / norm) for gradient in gradients)


@clip_by_norm.alternative
def by_the_larger(gradients, max_norm):
    norm = sum((gradient**2).sum() for gradient in gradients) ** 0.5
    return [gradient * max_norm / max(norm, max_norm) for gradient in gradients]


@clip_by_norm.alternative
def with_a_tiny_number(gradients, max_norm):
    norm = np.sqrt(sum(np.vdot(gradient, gradient) for gradient in gradients))
    return [gradient * min(1.0, max_norm / (norm + 1e-6)) for gradient in gradients]
