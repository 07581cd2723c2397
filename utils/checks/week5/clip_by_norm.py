"""Check of `clip_by_norm`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

clip_by_norm = new_check(__name__)


def _norm(gradients):
    return np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))


def _scale(norm, max_norm):
    return min(1.0, max_norm / norm) if norm else 1.0


@clip_by_norm.mistake(
    "You clipped each array by its own norm, which turns the step: take one norm of them all."
)
def each_on_its_own(gradients, max_norm):
    return [gradient * _scale(np.linalg.norm(gradient), max_norm) for gradient in gradients]


@clip_by_norm.mistake(
    "You cut off single numbers, which turns the step; scale all numbers by one factor."
)
def by_value(gradients, max_norm):
    return [np.clip(gradient, -max_norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake("Gradients that are small enough stay as they are; you scaled them up.")
def always_scaled(gradients, max_norm):
    norm = _norm(gradients)
    return [gradient * (max_norm / norm if norm else 1) for gradient in gradients]


@clip_by_norm.mistake("The root is missing: a norm is the root of the sum of squares.")
def without_root(gradients, max_norm):
    return [gradient * _scale(_norm(gradients) ** 2, max_norm) for gradient in gradients]


@clip_by_norm.mistake("Norms of arrays don't add up; add their squares, then take the root.")
def sum_of_norms(gradients, max_norm):
    norm = sum(np.linalg.norm(gradient) for gradient in gradients)
    return [gradient * _scale(norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake("This is the largest number, not the norm.")
def largest_number(gradients, max_norm):
    norm = max(np.abs(gradient).max() for gradient in gradients)
    return [gradient * _scale(norm, max_norm) for gradient in gradients]


@clip_by_norm.mistake("You divided by the norm and forgot max_norm: the result has a norm of 1.")
def to_norm_one(gradients, max_norm):
    norm = _norm(gradients)
    return [gradient / norm if norm > max_norm else gradient for gradient in gradients]


@clip_by_norm.mistake("You changed the caller's arrays; make new ones.")
def in_place(gradients, max_norm):
    scale = _scale(_norm(gradients), max_norm)
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
