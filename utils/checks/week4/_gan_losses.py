"""Sentences that the losses of a GAN share."""

import math

import numpy as np

NOT_FINITE = (
    "Your loss isn't finite for logits or scores of ±1000, as a probability became 0 before its "
    "logarithm, or an exp too large: compute from these, as `ops.softplus` does."
)
CUT_OFF = (
    "The probability is kept from 0 by a small number or a clip, so the loss of a sure mistake is "
    "cut off, and its gradient lost: compute from these, as `ops.softplus` does."
)
BY_NUMPY = "NumPy computes the value, but no gradient gets through it: use `keras.ops` throughout."
AS_PROBABILITIES = (
    "The cross-entropy took your logits for probabilities: tell it `from_logits=True`."
)
SIGMOID_FIRST = (
    "You took a sigmoid of the logits, and then a loss of logits: the sigmoid is in it already."
)


def of_sure_ones(ours, theirs):
    """Return what was done wrong where only the loss for logits or scores of ±1000 is, or None."""
    if not isinstance(ours, float):
        return None
    if not math.isfinite(ours):
        return NOT_FINITE
    return CUT_OFF if 2 < ours < theirs / 2 else None


def softplus_of_array(logits):
    return np.logaddexp(0, np.asarray(logits))
