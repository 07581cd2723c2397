"""Check of `soft_threshold`: all weights shrink by the threshold, small ones to exactly zero."""

import numpy as np

from ..check import new_check


def _with_exact_zeros(evidence):
    """Add which weights are exactly zero: a tolerance must not blur that."""
    return [
        {**seen, "value": {"weights": seen["value"], "exactly zero": seen["value"] == 0}}
        if isinstance(seen["value"], np.ndarray)
        else seen
        for seen in evidence
    ]


soft_threshold = new_check(__name__, properties=_with_exact_zeros)


@soft_threshold.mistake(
    "This is a hard threshold: large weights must shrink too, by the threshold."
)
def hard_threshold(w, threshold):
    return np.where(np.abs(w) > threshold, w, 0.0)


@soft_threshold.mistake("A weight that would cross zero must stop at zero.")
def crosses_zero(w, threshold):
    return w - threshold * np.sign(w)


@soft_threshold.mistake("The sign was lost: a negative weight stays negative.")
def sign_lost(w, threshold):
    return np.maximum(np.abs(w) - threshold, 0.0)


@soft_threshold.mistake("Negative weights move up, towards zero; you subtracted from them too.")
def only_positive(w, threshold):
    return np.maximum(w - threshold, 0.0)


@soft_threshold.mistake("You set the small weights to zero in the caller's array; make a new one.")
def thresholds_in_place(w, threshold):
    w[np.abs(w) <= threshold] = 0
    return w - threshold * np.sign(w)


@soft_threshold.alternative
def by_two_maxima(w, threshold):
    return np.maximum(w - threshold, 0.0) - np.maximum(-w - threshold, 0.0)


@soft_threshold.alternative
def by_clip(w, threshold):
    return w - np.clip(w, -threshold, threshold)
