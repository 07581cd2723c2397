"""Mistakes of `soft_threshold`, as rows of switches: of sizes and signs, and of sides."""

import numpy as np


def _minus(size, threshold):
    return np.maximum(size - threshold, 0.0)


def by_size(w, threshold, shrink=_minus, sign=np.sign, finish=np.positive):
    return finish(sign(w) * shrink(np.abs(w), threshold))


def by_sides(
    w, threshold,
    small=lambda w, t: 0 * w, positive=lambda w, t: w - t, negative=lambda w, t: w + t,
):  # fmt: skip
    pieces = [part(w, threshold) for part in (positive, negative, small)]
    return np.select([w > threshold, w < -threshold, True], pieces)


def _turned(w):
    return -np.sign(w)


def _ones(w):
    return 1


SHARE = "You shrank each weight by a share of it; every weight moves by the same threshold."
NORM = "You shrank the length of the whole vector; every weight moves towards zero by itself."

OF_SIZES = [
    (
        "This is a hard threshold: large weights must shrink too, by the threshold.",
        {"shrink": lambda size, t: np.where(size > t, size, 0)},
    ),
    (
        "A weight that would cross zero must stop at zero.",
        {"shrink": lambda size, t: size - t},
    ),
    ("The sign was lost: a negative weight stays negative.", {"sign": _ones}),
    (
        "The sign was lost, and nothing stops at zero: sign · max(|w| − threshold, 0).",
        {"sign": _ones, "shrink": lambda size, t: size - t},
    ),
    ("The sign is turned round: a positive weight stays positive.", {"sign": _turned}),
    (
        "You multiplied by w, not by its sign.",
        {"sign": np.positive},
    ),
    (
        "The absolute value is left of what crossed zero; it must stop at zero: np.maximum.",
        {"shrink": lambda size, t: np.abs(size - t)},
    ),
    (
        "You moved the weights away from zero: subtract the threshold from |w|.",
        {"shrink": lambda size, t: np.maximum(size + t, 0)},
    ),
    (
        "The maximum is that of |w| − threshold and 0; you took the threshold for the 0.",
        {"shrink": lambda size, t: np.maximum(size - t, t)},
    ),
    (
        "You took the maximum of |w| and the threshold: subtract it, and stop at 0.",
        {"shrink": np.maximum},
    ),
    (
        "np.minimum keeps what is below zero; np.maximum stops there.",
        {"shrink": lambda size, t: np.minimum(size - t, 0)},
    ),
    (
        "You clipped the weights to ±threshold; they move towards zero by it.",
        {"shrink": np.minimum},
    ),
    (
        "Only the signs are left of the large weights: multiply by max(|w| − threshold, 0).",
        {"shrink": lambda size, t: (size > t) * 1.0},
    ),
    (
        "The threshold counts twice: |w| − threshold.",
        {"shrink": lambda size, t: np.maximum(size - 2 * t, 0)},
    ),
    (
        "The threshold counts half: |w| − threshold.",
        {"shrink": lambda size, t: np.maximum(size - t / 2, 0)},
    ),
    (
        "The threshold is squared: |w| − threshold.",
        {"shrink": lambda size, t: np.maximum(size - t**2, 0)},
    ),
    ("The weights came back as they were.", {"shrink": lambda size, t: size}),
    (SHARE, {"shrink": lambda size, t: size * (1 - t)}),
    (SHARE, {"shrink": lambda size, t: size * max(1 - t, 0)}),
    (SHARE, {"shrink": lambda size, t: size / (1 + t)}),
    (SHARE, {"shrink": lambda size, t: size * t}),
    (NORM, {"shrink": lambda size, t: size * max(1 - t / np.linalg.norm(size), 0)}),
    (NORM, {"shrink": lambda size, t: size * (1 - t / np.linalg.norm(size))}),
]

OF_SIDES = {
    "Weights within the threshold stay in your code; they would cross zero, so they become zero.": {
        "small": lambda w, t: w
    },
    "Weights within the threshold become the threshold in your code; they become zero.": {
        "small": lambda w, t: t + 0 * w
    },
    "You subtracted the threshold from negative weights too; they move up, towards zero.": {
        "negative": lambda w, t: w - t
    },
    "You moved the large weights away from zero: subtract the threshold from positive ones, add it "
    "to negative ones.": {
        "positive": lambda w, t: w + t,
        "negative": lambda w, t: w - t,
    },
    "You added the threshold to positive weights too; they move down, towards zero.": {
        "positive": lambda w, t: w + t
    },
    "Negative weights stay as they are in your code; they move up, towards zero.": {
        "negative": lambda w, t: w
    },
    "Positive weights stay as they are in your code; they move down, towards zero.": {
        "positive": lambda w, t: w
    },
    "Positive weights become zero in your code; they move down, towards zero.": {
        "positive": lambda w, t: 0 * w
    },
    "Negative weights move up, towards zero; in your code they all become zero.": {
        "negative": lambda w, t: 0 * w
    },
    "Large weights become ±threshold in your code; they move by it.": {
        "positive": lambda w, t: t + 0 * w,
        "negative": lambda w, t: -t + 0 * w,
    },
    "Small negative weights cross zero in your code; they stop there like the positive ones.": {
        "small": lambda w, t: np.where(w < 0, w + t, 0)
    },
    "Small negative weights, and 0, cross zero in your code; they stop there like the positive "
    "ones.": {"small": lambda w, t: np.where(w <= 0, w + t, 0)},
    "Small positive weights, and 0, cross zero in your code; they stop there like the negative "
    "ones.": {"small": lambda w, t: np.where(w >= 0, w - t, 0)},
    "Small positive weights cross zero in your code; they stop there like the negative ones.": {
        "small": lambda w, t: np.where(w > 0, w - t, 0)
    },
}
