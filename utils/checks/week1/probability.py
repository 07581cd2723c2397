"""Check of `probability`: the sigmoid of the logits, without overflow at ±1000."""

import numpy as np

from ..check import new_check
from ._rows import OF_A_VECTOR, in_form
from ._wrong_sigmoids import ROWS, stable

EXACT = 1e-20  # logits that are cut off at ±100 are no mistake, those cut off at ±30 are
CLOSE = 0.05
EDGES = "exactly 0 and 1 at ±1000"
CUT = (
    "You keep the probabilities away from 0 and 1: by a small number added, or by cutting off "
    "the logits or the probabilities. At logits of ±1000 they must be 0 and 1."
)


def _with_edges(evidence):
    """Add whether the probabilities are exactly 0 and 1 where the logits are ±1000."""
    return [
        {**seen, "value": {"probabilities": seen["value"], EDGES: _are_edges(seen["value"])}}
        if seen["facts"].get("extreme") and isinstance(seen["value"], np.ndarray)
        else seen
        for seen in evidence
    ]


def _are_edges(p):
    """Whether no probability is close to 0 or 1 and yet not the number itself."""
    if p.dtype.kind != "f" or not p.size:
        return True
    distance = np.minimum(np.abs(p), np.abs(1 - p)).max()
    return not EXACT <= distance < CLOSE


def _cut_off(ours, theirs):
    if ours.shape != theirs.shape or ours.dtype.kind != "f":
        return ""
    inside = np.isfinite(ours).all() and ours.min() >= -EXACT and ours.max() <= 1
    return CUT if inside and np.abs(ours - theirs).max() < CLOSE else ""


probability = new_check(
    __name__, properties=_with_edges, sentences={"probabilities": _cut_off, EDGES: CUT}
)


def _product(X, w):
    return X @ w


def _probability(X, w, sigmoid=stable, logits=_product, finish=np.positive):
    return finish(sigmoid(logits(X, w)))


probability.add_mistakes(_probability, ROWS)
probability.add_mistakes(in_form(_probability), OF_A_VECTOR)


@probability.alternative
def plain_sigmoid(X, w):
    return 1 / (1 + np.exp(-np.dot(X, w)))


@probability.alternative
def by_tanh(X, w):
    return (np.tanh((X * w).sum(axis=1) / 2) + 1) / 2


@probability.alternative
def two_branches(X, w):
    logits = X @ w
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1, small) / (1 + small)


@probability.alternative
def cut_off_far_out(X, w):
    return 1 / (1 + np.exp(-np.clip(X @ w, -500, 500)))
