"""Check of `learning_rate_schedule`: the warm-up as a share of the steps, then half a cosine."""

import numpy as np

from ..check import new_check
from ._wrong_schedules import ROWS, ZERO, half_cosine, schedule

learning_rate_schedule = new_check(__name__)

learning_rate_schedule.add_mistakes(schedule, ROWS)


@learning_rate_schedule.mistake(
    "The peak is missing in the warm-up: there the rate is peak · step / (warm-up's steps)."
)
def no_peak_in_the_warmup(step, total_steps, peak, warmup):
    in_warmup = step < warmup * total_steps
    return schedule(step, total_steps, 1 if in_warmup else peak, warmup)


@learning_rate_schedule.mistake(
    "The peak is missing after the warm-up: there the rate is peak · ½·(1 + cos(π·share))."
)
def no_peak_after_it(step, total_steps, peak, warmup):
    in_warmup = step < warmup * total_steps
    return schedule(step, total_steps, peak if in_warmup else 1, warmup)


@learning_rate_schedule.mistake("The peak is missing: both parts are shares of it.")
def no_peak(step, total_steps, peak, warmup):
    return schedule(step, total_steps, 1, warmup)


for _share in (0.001, 0.01, 0.1):

    @learning_rate_schedule.mistake("Your rate stops above 0; half a cosine ends at exactly 0.")
    def stops_above_zero(step, total_steps, peak, warmup, share=_share):
        rate = schedule(step, total_steps, peak, warmup)
        return max(rate, share * peak) if step >= warmup * total_steps else rate


@learning_rate_schedule.mistake("Brackets are missing: peak · ½ · (1 + cos(π·share)).")
def no_brackets(step, total_steps, peak, warmup):
    half = schedule(step, total_steps, 0.5, warmup)
    if step < warmup * total_steps:
        return 2 * peak * half
    return 0.5 * peak + 4 * half - 1


@learning_rate_schedule.mistake(
    "The cosine counts from step 0, and the warm-up multiplies it; here the warm-up is a straight "
    "line, and the cosine starts after it."
)
def both_at_once(step, total_steps, peak, warmup):
    start = warmup * total_steps
    return peak * half_cosine(step / total_steps) * (step / start if step < start else 1)


@learning_rate_schedule.mistake(
    "Step 0 always gives 0 in your schedule; without a warm-up the rate starts at the peak."
)
def zero_at_the_start(step, total_steps, peak, warmup):
    return schedule(step, total_steps, peak, warmup) if step else 0.0


@learning_rate_schedule.mistake(
    "Without a warm-up your rate stays at the peak; it falls along half a cosine from step 0 on."
)
def constant_without_warmup(step, total_steps, peak, warmup):
    return schedule(step, total_steps, peak, warmup) if warmup else peak


@learning_rate_schedule.mistake(
    "Without a warm-up your rate is 0; it falls along half a cosine from the peak on."
)
def zero_without_warmup(step, total_steps, peak, warmup):
    return schedule(step, total_steps, peak, warmup) if warmup else 0.0


@learning_rate_schedule.mistake(ZERO)
def divides_by_zero(step, total_steps, peak, warmup):
    start = warmup * total_steps
    rising = step / start
    falling = half_cosine((step - start) / (total_steps - start))
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
