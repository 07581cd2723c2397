"""Check of `clip_by_norm`: one norm over all arrays, one factor, and only where it is needed."""

from functools import partial

import numpy as np

from ..check import new_check

clip_by_norm = new_check(__name__, rtol=1e-5)  # a tiny number in a denominator is no mistake


def _norm(gradients):
    return np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))


def _root(norms):
    return np.sqrt(sum(norm**2 for norm in norms))


def _factor(norm, max_norm):
    return min(1.0, max_norm / norm) if norm else 1.0


def _clip(gradients, max_norm, norm=_norm, factor=_factor, result=lambda clipped: clipped):
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
SCALED_UP = "Gradients that are small enough stay as they are; you scaled them up."
TURNED = (
    "You scale small gradients up and leave large ones as they are: a comparison, or min and max, "
    "is the wrong way round. The factor is at most 1."
)
SQUARED = "You divided by the sum of squares; the norm is its root."
NORM_OF_ONE = "You divided by the norm and forgot max_norm: the result has a norm of 1."
ONE_ARRAY = "You took the norm of one array alone; the common norm is over all of them."
SHAPES_LOST = "Your numbers lie in one long vector; return a list of arrays of the old shapes."


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
    too_much = max(0, _norm(gradients) - max_norm)
    return [gradient - too_much for gradient in gradients]


@clip_by_norm.mistake("Arrays that are too large must be scaled, not replaced by max_norm.")
def replaced(gradients, max_norm):
    return [np.full_like(g, max_norm) if _norm([g]) > max_norm else g for g in gradients]


def _only(condition, factor):
    """Return a factor that acts where a condition of norm and max_norm holds, and is else 1."""
    return lambda norm, max_norm: factor(norm, max_norm) if condition(norm, max_norm) else 1.0


def _always(factor):
    return lambda norm, max_norm: factor(norm, max_norm) if norm else 1.0


def _too_large(norm, max_norm):
    return norm > max_norm


def _both(sentence, factor):
    """Return rows for a wrong factor that acts on large gradients alone, or on all."""
    return [(sentence, {"factor": wrap(factor)}) for wrap in (partial(_only, _too_large), _always)]


clip_by_norm.add_mistakes(
    _clip,
    [
        (SCALED_UP, {"factor": lambda norm, max_norm: max_norm / norm if norm else 1}),
        (SCALED_UP, {"factor": lambda norm, max_norm: max_norm / (norm + 1e-12)}),
        (
            "Zeros have a norm of 0, so you divided 0 by 0: they stay as they are.",
            {"factor": lambda norm, max_norm: np.minimum(norm, max_norm) / norm},
        ),
        (
            "Gradients that are small enough stay as they are, and those of zeros stay zeros; you "
            "scaled them all, and 0 by 0.",
            {"factor": lambda norm, max_norm: max_norm / norm},
        ),
        (
            SQUARED,
            {"norm": lambda gradients: _norm(gradients) ** 2},
        ),
        (
            "Norms of arrays don't add up; add their squares, then take the root.",
            {"norm": lambda gradients: sum(map(np.linalg.norm, gradients))},
        ),
        (
            "You took the mean of the norms of the arrays; the common norm is the root of the sum "
            "of all squares.",
            {"norm": lambda gradients: np.mean([np.linalg.norm(g) for g in gradients])},
        ),
        (
            "You took the largest norm of any array; the common norm is the root of the sum of all "
            "squares.",
            {"norm": lambda gradients: max(map(np.linalg.norm, gradients))},
        ),
        (
            "You took the root of the mean of all squares; a norm has their sum.",
            {"norm": lambda gradients: _norm(gradients) / np.sqrt(sum(g.size for g in gradients))},
        ),
        (
            "You took the mean of all squares; a norm is the root of their sum.",
            {"norm": lambda gradients: _norm(gradients) ** 2 / sum(g.size for g in gradients)},
        ),
        (
            "You summed absolute values; the norm is the root of the sum of squares.",
            {"norm": lambda gradients: sum(np.abs(gradient).sum() for gradient in gradients)},
        ),
        (
            "You took the root of the sum of all numbers, not of their squares, or their sum.",
            {"norm": lambda gradients: abs(sum(gradient.sum() for gradient in gradients))},
        ),
        (
            "You took the largest absolute value; take the norm.",
            {"norm": lambda gradients: max(np.abs(gradient).max() for gradient in gradients)},
        ),
        (
            "You took the largest number; take the norm.",
            {"norm": lambda gradients: max(gradient.max() for gradient in gradients)},
        ),
        (
            "For a matrix, `np.linalg.norm(g, 2)` is its largest singular value; leave the 2 out, "
            "or flatten first.",
            {"norm": lambda gradients: _root(np.linalg.norm(g, 2) for g in gradients)},
        ),
        (
            "For a matrix, `np.linalg.norm(g, 1)` is the largest sum of a column; the common norm "
            "is the root of the sum of all squares.",
            {"norm": lambda gradients: _root(np.linalg.norm(g, 1) for g in gradients)},
        ),
        (
            "The squares of norms must be added, not the norms, before the root.",
            {"norm": lambda gradients: np.sqrt(sum(map(np.linalg.norm, gradients)))},
        ),
        (ONE_ARRAY, {"norm": lambda gradients: _norm(gradients[:1])}),
        (ONE_ARRAY, {"norm": lambda gradients: _norm(gradients[-1:])}),
        *_both(NORM_OF_ONE, lambda norm, max_norm: 1 / norm),
        *_both(
            "The factor is upside down: it is max_norm / norm.",
            lambda norm, max_norm: norm / max_norm,
        ),
        (
            "The factor is upside down: it is max_norm / norm.",
            {"factor": lambda norm, max_norm: min(1.0, norm / max_norm)},
        ),
        (
            TURNED,
            {"factor": lambda norm, max_norm: max(1.0, max_norm / norm) if norm else 1.0},
        ),
        *_both(
            "You multiplied by max_norm; the factor is max_norm / norm.",
            lambda norm, max_norm: max_norm,
        ),
        *_both("You divided by max_norm; the factor is max_norm / norm.", lambda n, m: 1 / m),
        *_both(SQUARED, lambda n, max_norm: max_norm / n**2),
        *_both(
            "You took a root of the factor; it is max_norm / norm.",
            lambda norm, max_norm: np.sqrt(max_norm / norm),
        ),
        (
            TURNED,
            {"factor": lambda norm, m: m / norm if norm and norm < m else 1.0},
        ),
        (
            "There is a number too many in the denominator: 1 + norm. The factor is "
            "max_norm / norm.",
            {"factor": lambda norm, max_norm: min(1.0, max_norm / (norm + 1))},
        ),
        ("The gradients come back as they were: none was scaled.", {"factor": lambda *all: 1.0}),
        *(
            (SHAPES_LOST, {"result": result})
            for result in (
                lambda clipped: np.concatenate([np.ravel(g) for g in clipped]),
                lambda clipped: [np.ravel(g) for g in clipped],
            )
        ),
        (
            "You returned the norm, too; only the list of arrays is due.",
            {"result": lambda clipped: (clipped, _norm(clipped))},
        ),
        (
            "You returned only the first array: is the `return` inside the loop?",
            {"result": lambda clipped: clipped[:1]},
        ),
    ],
)


@clip_by_norm.mistake("Where nothing needs to be scaled, you return nothing; return the gradients.")
def nothing_where_small(gradients, max_norm):
    return _clip(gradients, max_norm) if _norm(gradients) > max_norm else None


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


@clip_by_norm.alternative
def with_a_tiny_number(gradients, max_norm):
    norm = np.sqrt(sum(np.vdot(gradient, gradient) for gradient in gradients))
    return [gradient * min(1.0, max_norm / (norm + 1e-6)) for gradient in gradients]
