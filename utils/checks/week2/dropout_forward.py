"""Check of `dropout_forward`: what is dropped, how often, how the rest is scaled, and when."""

import numpy as np

from ..check import new_check
from ._dropped import (
    ALONE,
    LATER,
    MASK,
    OTHER,
    PAIR,
    PRODUCT,
    SAME,
    SHAPES,
    SHARE,
    dropout_facts,
)

ALWAYS = "Numbers are dropped although `training` is False: then nothing may be."
UNSCALED = (
    "What stays isn't scaled up: divide it by 1 − rate, so that the mean stays as it was without "
    "dropout."
)
SHRUNK = (
    "You scale down when nothing is dropped; here what stays is scaled up in training, so that "
    "nothing is left to do afterwards."
)
BY_RATE = "You divided by the rate; the share that stays is 1 − rate."
TIMES = "You multiplied by 1 − rate; what stays has to be made larger, not smaller: divide."
SWAPPED = (
    "`rate` is the probability to be dropped; you dropped with the probability 1 − rate, and kept "
    "with rate."
)
ROWS_ALIKE = (
    "All rows or all columns lose the same numbers: draw one number for each entry of x, in x's "
    "shape."
)
SHAPE = (
    "The output and the mask have x's shape: draw one number for each entry of x, as "
    "`rng.random(x.shape)` does, so that each is dropped independently of the others."
)
OTHER_RNG = "Draw from `rng` alone; `np.random` is another generator."
OWN_RNG = (
    "You made a generator of your own, which draws the same in each call: draw from the `rng` that "
    "you are given."
)
UNMASKED = "The output isn't x times the mask that you returned: multiply by that very mask."
BOTH = "Return two arrays: the output, and the mask, which the backward pass needs."


def _of_mask(ours, theirs):
    known = {
        "0 and 1": UNSCALED,
        "0 and 1 / rate": BY_RATE,
        "0 and 1 − rate": TIMES,
        "1 alone": "Nothing is dropped in training: draw which numbers are.",
    }
    if theirs == "1 alone":
        return ALWAYS if ours == "numbers that were dropped" else SHRUNK
    return known.get(ours, "")


dropout_forward = new_check(
    __name__,
    points=2,
    properties=dropout_facts,
    sentences={
        PAIR: BOTH,
        SHAPES: SHAPE,
        MASK: _of_mask,
        PRODUCT: UNMASKED,
        SHARE: lambda ours, _: SWAPPED if ours == "1 − rate" else "",
        ALONE: ROWS_ALIKE,
        SAME: OTHER_RNG,
        OTHER: OWN_RNG,
        LATER: OWN_RNG,
    },
)


def _kept_share(rate):
    return 1 / (1 - rate)


def _dropout(
    x, rate, rng, training, dropped=lambda rate: rate, scale=_kept_share, always=False,
    shape=lambda x: x.shape, source=lambda rng: rng, otherwise=lambda x, rate: (x, np.ones_like(x)),
    finish=lambda x, mask: (x * mask, mask), broadcast=True,
):  # fmt: skip
    """Return output and mask, with faults.

    dropped: function from the rate to the probability that a number is dropped; scale: from the
    rate to the factor of what stays; always: whether numbers are dropped without training too;
    otherwise: what is returned then; shape: that of the numbers drawn; source: what draws them;
    broadcast: whether the mask then gets x's shape.
    """
    if not (training or always):
        return otherwise(x, rate)
    drawn = source(rng).random(shape(x))
    drawn = np.broadcast_to(drawn, x.shape) if broadcast else drawn
    return finish(x, (drawn >= dropped(rate)) * scale(rate))


def _one_a_column(x):
    return (1, *x.shape[1:])


def _one_a_row(x):
    return (len(x), *[1] * (x.ndim - 1))


dropout_forward.add_mistakes(
    _dropout,
    [
        (UNSCALED, {"scale": lambda rate: 1.0}),
        (BY_RATE, {"scale": lambda rate: 1 / (rate or 1)}),
        (TIMES, {"scale": lambda rate: 1 - rate}),
        (
            SHRUNK,
            {
                "scale": lambda rate: 1.0,
                "otherwise": lambda x, rate: (x * (1 - rate), np.full_like(x, 1 - rate)),
            },
        ),
        (
            SHRUNK,
            {"otherwise": lambda x, rate: (x * (1 - rate), np.full_like(x, 1 - rate))},
        ),
        (ALWAYS, {"always": True}),
        (SWAPPED, {"dropped": lambda rate: 1 - rate}),
        (
            SWAPPED + " So divide by 1 − rate, too.",
            {"dropped": lambda rate: 1 - rate, "scale": lambda rate: 1 / (rate or 1)},
        ),
        (ROWS_ALIKE, {"shape": _one_a_column}),
        (ROWS_ALIKE, {"shape": _one_a_row}),
        (SHAPE, {"shape": lambda x: x.shape[-1], "broadcast": False}),
        (SHAPE, {"shape": _one_a_row, "broadcast": False}),
        (OTHER_RNG, {"source": lambda rng: np.random}),
        (OWN_RNG, {"source": lambda rng: np.random.default_rng(0)}),
        (BOTH, {"finish": lambda x, mask: x * mask, "otherwise": lambda x, rate: x}),
        (
            "The mask comes second: return the output, then the mask.",
            {
                "finish": lambda x, mask: (mask, x * mask),
                "otherwise": lambda x, rate: (np.ones_like(x), x),
            },
        ),
        (
            UNMASKED + " It says by what each number is multiplied, not only whether it stays.",
            {"finish": lambda x, mask: (x * mask, mask > 0)},
        ),
    ],
)


@dropout_forward.mistake("You wrote into the caller's x; make a new array.")
def in_place(x, rate, rng, training):
    mask = (rng.random(x.shape) >= rate) / (1 - rate) if training else np.ones_like(x)
    x *= mask
    return x, mask


@dropout_forward.alternative
def by_binomial(x, rate, rng, training):
    mask = rng.binomial(1, 1 - rate, size=x.shape) / (1 - rate) if training else np.ones(x.shape)
    return x * mask, mask


@dropout_forward.alternative
def by_choice(x, rate, rng, training):
    keep = 1 - rate if training else 1.0
    mask = rng.choice([0.0, 1 / keep], size=np.shape(x), p=[1 - keep, keep])
    return np.multiply(x, mask), mask


@dropout_forward.alternative
def one_by_one(x, rate, rng, training):
    mask = np.ones(x.shape, dtype=np.float32)
    if training:
        for place in np.ndindex(*x.shape):
            mask[place] = 0 if rng.uniform() < rate else 1 / (1 - rate)
    return x * mask, mask
