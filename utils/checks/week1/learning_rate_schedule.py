"""Check of `learning_rate_schedule`: the warm-up as a share of the steps, then half a cosine."""

import numpy as np

from ..check import new_check

learning_rate_schedule = new_check(__name__)


def _half_cosine(done):
    return 0.5 * (1 + np.cos(np.pi * done))


def _schedule(step, total_steps, peak, warmup, length=np.multiply, decay=_half_cosine, skip=True):
    """Rise for `length(…)` steps, then fall by `decay`, counted from there or from step 0."""
    start = length(warmup, total_steps)
    if step < start:
        return peak * step / start
    skipped = start if skip else 0
    return peak * decay((step - skipped) / (total_steps - skipped))


learning_rate_schedule.add_mistakes(
    _schedule,
    {
        "The warm-up is missing: the rate starts at 0 and grows to the peak "
        "over the share `warmup` of the steps.": {"length": lambda warmup, total: 0},
        "The cosine starts where the warm-up ends, so count its steps from "
        "there: (step − warm-up) / (total − warm-up).": {"skip": False},
        "After the peak the rate falls along a cosine, not a straight line.": {
            "decay": lambda done: 1 - done
        },
        "`warmup` is a share of all steps (0.2 is a fifth), not a number of steps.": {
            "length": lambda warmup, total: warmup
        },
        "cos runs from 1 to −1; ½·(1 + cos) runs from 1 to 0.": {
            "decay": lambda done: np.cos(np.pi * done)
        },
    },
)


@learning_rate_schedule.mistake(
    "With a warm-up of 0 you divide by zero: test the step before you divide."
)
def divides_by_zero(step, total_steps, peak, warmup):
    start = warmup * total_steps
    rising = step / start
    falling = _half_cosine((step - start) / (total_steps - start))
    return peak * (rising if step < start else falling)


@learning_rate_schedule.alternative
def by_cos_squared(step, total_steps, peak, warmup):
    start = total_steps * warmup
    if warmup > 0 and step <= start:
        return peak * (step / start)
    return float(peak * np.cos(0.5 * np.pi * (step - start) / (total_steps - start)) ** 2)


@learning_rate_schedule.alternative
def by_shares(step, total_steps, peak, warmup):
    done = step / total_steps
    if done < warmup:
        return peak * done / warmup
    return peak * (1 + np.cos(np.pi * (done - warmup) / (1 - warmup))) / 2
