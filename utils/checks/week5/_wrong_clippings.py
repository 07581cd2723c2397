"""Mistakes of `clip_by_norm`, as rows of switches."""

from functools import partial

import numpy as np


def common_norm(gradients):
    return np.linalg.norm(np.concatenate([np.ravel(gradient) for gradient in gradients]))


def _root(norms):
    return np.sqrt(sum(norm**2 for norm in norms))


SCALED_UP = "Gradients that are small enough stay as they are; you scaled them up."
TURNED = (
    "You scale small gradients up and leave large ones as they are: a comparison, or min and max, "
    "is the wrong way round. The factor is at most 1."
)
SQUARED = "You divided by the sum of squares; the norm is its root."
NORM_OF_ONE = "You divided by the norm and forgot max_norm: the result has a norm of 1."
ONE_ARRAY = "You took the norm of one array alone; the common norm is over all of them."
SHAPES_LOST = "Your numbers lie in one long vector; return a list of arrays of the old shapes."


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


ROWS = [
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
        {"norm": lambda gradients: common_norm(gradients) ** 2},
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
        {
            "norm": lambda gradients: (
                common_norm(gradients) / np.sqrt(sum(g.size for g in gradients))
            )
        },
    ),
    (
        "You took the mean of all squares; a norm is the root of their sum.",
        {"norm": lambda gradients: common_norm(gradients) ** 2 / sum(g.size for g in gradients)},
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
    (ONE_ARRAY, {"norm": lambda gradients: common_norm(gradients[:1])}),
    (ONE_ARRAY, {"norm": lambda gradients: common_norm(gradients[-1:])}),
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
        "There is a number too many in the denominator: 1 + norm. The factor is max_norm / norm.",
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
        {"result": lambda clipped: (clipped, common_norm(clipped))},
    ),
    (
        "You returned only the first array: is the `return` inside the loop?",
        {"result": lambda clipped: clipped[:1]},
    ),
]
