"""Mistakes of `learning_rate_schedule`, as rows of switches."""

import math

import numpy as np


def half_cosine(done):
    return 0.5 * (1 + np.cos(np.pi * done))


def _line(step, start, total):
    return step / start


def _share(step, start, total):
    return (step - start) / (total - start)


def schedule(
    step, total_steps, peak, warmup,
    length=np.multiply, rise=_line, share=_share, decay=half_cosine, first=np.less,
):  # fmt: skip
    """Rise for `length(…)` steps, then fall by `decay` of the share that is done."""
    start = length(warmup, total_steps)
    if first(step, start):
        return peak * rise(step, start, total_steps)
    return peak * decay(share(step, start, total_steps))


def _decays(sentences):
    return [(sentence, {"decay": decay}) for sentence, decay in sentences.items()]


WHOLE = (
    "You made the warm-up a whole number of steps (int, round, ceil, //), but the peak is reached "
    "when exactly the share `warmup` is over, which may be between two steps."
)
COUNT = "count the cosine's steps from the end of the warm-up: (step − warm-up) / (total − warm-up)"
ZERO = "With a warm-up of 0 you divide by zero: test `step < warm-up` (not `<=`) before you divide."
RISE = "in the warm-up the rate is peak · step / (warm-up's steps)"

ROWS = [
    (
        "The warm-up is missing: the rate starts at 0 and grows to the peak "
        "over the share `warmup` of the steps.",
        {"length": lambda warmup, total: 0},
    ),
    (
        "`warmup` is a share of all steps (0.2 is a fifth), not a number of steps.",
        {"length": lambda warmup, total: warmup},
    ),
    *[
        (WHOLE, {"length": lambda warmup, total, whole=whole: whole(warmup * total)})
        for whole in (math.floor, round, math.ceil)
    ],
    (
        "Your warm-up is one step too long: it takes warmup · total_steps.",
        {"length": lambda warmup, total: warmup * total + 1},
    ),
    (
        "Your warm-up takes at least one step; with a share of 0 the peak comes at step 0.",
        {"length": lambda warmup, total: max(1, warmup * total)},
    ),
    (ZERO, {"first": lambda step, start: step <= start and (start or 1 / float(start))}),
    (
        f"The cosine starts where the warm-up ends, so {COUNT}.",
        {"share": lambda step, start, total: step / total},
    ),
    (
        f"You divided by all steps: {COUNT}.",
        {"share": lambda step, start, total: (step - start) / total},
    ),
    (
        f"You divided by the right number, but counted from step 0: {COUNT}.",
        {"share": lambda step, start, total: step / (total - start)},
    ),
    (
        f"The end is step total_steps, not one before it: {COUNT}.",
        {"share": lambda step, start, total: (step - start) / (total - 1 - start)},
    ),
    (
        f"You are one step ahead after the peak: {COUNT}.",
        {"share": lambda step, start, total: (step - start + 1) / (total - start)},
    ),
    (
        f"You divided by one step too many: {COUNT}.",
        {"share": lambda step, start, total: (step - start) / (total - start + 1)},
    ),
    (
        f"You are one step ahead, so step 0 isn't 0: {RISE}.",
        {"rise": lambda step, start, total: (step + 1) / start},
    ),
    (
        f"You are one step ahead and divide by one more: {RISE}.",
        {"rise": lambda step, start, total: (step + 1) / (start + 1)},
    ),
    (
        f"You divided by one step too many: {RISE}.",
        {"rise": lambda step, start, total: step / (start + 1)},
    ),
    (
        f"You divided by all steps, so the rate jumps where the warm-up ends: {RISE}.",
        {"rise": lambda step, start, total: step / total},
    ),
    (
        f"You divided by the share, not by the number of steps: {RISE}.",
        {"rise": lambda step, start, total: step * total / start},
    ),
    (
        "Your rate is constant in the warm-up; it grows from 0 to the peak.",
        {"rise": lambda step, start, total: 1},
    ),
    (
        "Your rate is 0 in the warm-up; it grows from 0 to the peak.",
        {"rise": lambda step, start, total: 0},
    ),
    (
        "Your rate falls in the warm-up; it grows from 0 to the peak.",
        {"rise": lambda step, start, total: 1 - step / start},
    ),
    (
        "Your warm-up follows half a cosine too; it is a straight line.",
        {"rise": lambda step, start, total: 0.5 * (1 - np.cos(np.pi * step / start))},
    ),
    (
        "Your warm-up follows a sine; it is a straight line.",
        {"rise": lambda step, start, total: np.sin(np.pi / 2 * step / start)},
    ),
    (
        "Your warm-up follows a square; it is a straight line.",
        {"rise": lambda step, start, total: (step / start) ** 2},
    ),
    (
        "The two phases are swapped: the rate rises while step < warm-up, and then falls.",
        {"first": lambda step, start: start > 0 and step >= start},
    ),
    *_decays(
        {
            "After the peak the rate falls along a cosine, not a straight line.": lambda done: (
                1 - done
            ),
            "cos runs from 1 to −1; ½·(1 + cos) runs from 1 to 0.": lambda done: np.cos(
                np.pi * done
            ),
            "The ½ is missing: 1 + cos starts at 2, so the rate at twice the peak.": (
                lambda done: 1 + np.cos(np.pi * done)
            ),
            "The 1 is missing: ½·cos runs from ½ to −½; ½·(1 + cos) from 1 to 0.": (
                lambda done: 0.5 * np.cos(np.pi * done)
            ),
            "The rate rises after the peak: it is ½·(1 + cos(π·share)), with a plus, and the "
            "share of the steps that is done, not of those to come.": lambda done: (
                0.5 * (1 - np.cos(np.pi * done))
            ),
            "This is a quarter of a cosine's period, cos(π/2·share); half a cosine is "
            "½·(1 + cos(π·share)).": lambda done: np.cos(np.pi / 2 * done),
            "π is missing: cos takes π times the share.": lambda done: 0.5 * (1 + np.cos(done)),
            "This is a whole cosine, which comes back up: cos takes π times the share, not "
            "2·π.": lambda done: 0.5 * (1 + np.cos(2 * np.pi * done)),
            "Only half of the way down: cos takes π times the share, not ½·π.": lambda done: (
                0.5 * (1 + np.cos(0.5 * np.pi * done))
            ),
            "You took sin; ½·(1 + cos(π·share)) falls from 1 to 0.": lambda done: (
                0.5 * (1 + np.sin(np.pi * done))
            ),
            "After the peak your rate stays; it falls along half a cosine.": lambda done: 1.0,
            "The ½ is missing, and the rate rises: it is ½·(1 + cos(π·share)).": lambda done: (
                1 - np.cos(np.pi * done)
            ),
            "You cut the cosine off at 0; ½·(1 + cos) runs from 1 to 0 by itself.": (
                lambda done: max(np.cos(np.pi * done), 0)
            ),
            "You squared ½·(1 + cos); once is right.": lambda done: half_cosine(done) ** 2,
            "cos counts in radians, not in degrees: π times the share.": lambda done: (
                0.5 * (1 + np.cos(180 * done))
            ),
            "The rate falls exponentially; it follows half a cosine.": lambda done: np.exp(-done),
        }
    ),
]
