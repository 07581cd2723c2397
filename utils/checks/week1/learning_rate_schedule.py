"""Check of `learning_rate_schedule`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check

learning_rate_schedule = new_check(__name__)


@learning_rate_schedule.mistake(
    "The warm-up is missing: the rate starts at 0 and grows to the peak "
    "over the share `warmup` of the steps."
)
def no_warmup(step, total_steps, peak, warmup):
    return peak * 0.5 * (1 + np.cos(np.pi * step / total_steps))


@learning_rate_schedule.mistake(
    "The cosine starts where the warm-up ends, so count its steps from "
    "there: (step − warm-up) / (total − warm-up)."
)
def cosine_from_zero(step, total_steps, peak, warmup):
    if step < warmup * total_steps:
        return peak * step / (warmup * total_steps)
    return peak * 0.5 * (1 + np.cos(np.pi * step / total_steps))


@learning_rate_schedule.mistake(
    "After the peak the rate falls along a cosine, not a straight line."
)
def linear_decay(step, total_steps, peak, warmup):
    start = warmup * total_steps
    if step < start:
        return peak * step / start
    return peak * (1 - (step - start) / (total_steps - start))


@learning_rate_schedule.mistake(
    "`warmup` is a share of all steps (0.2 is a fifth), not a number of steps."
)
def warmup_as_steps(step, total_steps, peak, warmup):
    if step < warmup:
        return peak * step / warmup
    return peak * 0.5 * (1 + np.cos(np.pi * (step - warmup) / (total_steps - warmup)))


@learning_rate_schedule.mistake("cos runs from 1 to −1; ½·(1 + cos) runs from 1 to 0.")
def bare_cosine(step, total_steps, peak, warmup):
    start = warmup * total_steps
    if step < start:
        return peak * step / start
    return peak * np.cos(np.pi * (step - start) / (total_steps - start))


@learning_rate_schedule.mistake(
    "With a warm-up of 0 you divide by zero: test the step before you divide."
)
def divides_by_zero(step, total_steps, peak, warmup):
    start = warmup * total_steps
    rising = step / start
    falling = 0.5 * (1 + np.cos(np.pi * (step - start) / (total_steps - start)))
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
