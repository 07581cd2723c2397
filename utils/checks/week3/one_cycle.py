"""Check of `one_cycle`: the way up, the peak, the way down, and a step that is a tensor."""

import keras
import numpy as np

from ..check import new_check
from ._wrong_cycles import ROWS, falling, rising

one_cycle = new_check(__name__, rtol=1e-5, atol=1e-6)


@one_cycle.witness("Keras's PolynomialDecay")
def two_decays(step, total_steps, peak, warmup=0.3):
    step = keras.ops.cast(step, "float32")
    top = warmup * total_steps
    decay = keras.optimizers.schedules.PolynomialDecay
    up, down = decay(0.0, top, peak), decay(peak, total_steps - top, 0.0)
    return keras.ops.where(step < top, up(step), down(keras.ops.maximum(step - top, 0.0)))


LOOKS_INSIDE = (
    "Inside `fit` the step is a tensor, and Python's `if` can't look into one. Take the smaller of "
    "the two straight lines, `keras.ops.minimum`, at every step."
)
NUMPY = "Inside `fit` the step is a tensor, which NumPy can't work on: use keras.ops."


@one_cycle.mistake(LOOKS_INSIDE)
def with_if(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    if step < top:
        return peak * step / top
    return peak * (total_steps - step) / (total_steps - top)


@one_cycle.mistake(NUMPY)
def with_numpy(step, total_steps, peak, warmup=0.3):
    return np.interp(step, [0, warmup * total_steps, total_steps], [0, peak, 0])


def _choose(done, warmup, up, down):
    return keras.ops.minimum(up(done, warmup), down(done, warmup))


def _two_lines(
    step, total_steps, peak, warmup=0.3, up=rising, down=falling, join=_choose, share=None,
    height=lambda rate, peak: peak * rate, whole=None, one_more=0, last=0,
):  # fmt: skip
    """share: function of `warmup`, where the peak is. whole: function that makes whole steps of the
    warm-up's. one_more: added to the step. last: added to the number of steps."""
    done = (step + one_more) / (total_steps + last)
    warmup = share(warmup) if share else warmup
    warmup = whole(warmup * total_steps) / total_steps if whole else warmup
    return height(join(done, warmup, up, down), peak)


one_cycle.add_mistakes(_two_lines, ROWS)


@one_cycle.mistake("Only the rising line is multiplied by the peak; the falling one is, too.")
def falls_from_one(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return keras.ops.minimum(peak * rising(done, warmup), falling(done, warmup))


@one_cycle.mistake("Only the falling line is multiplied by the peak; the rising one is, too.")
def rises_to_one(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return keras.ops.minimum(rising(done, warmup), peak * falling(done, warmup))


def _from_a_tenth(step, total_steps, peak, warmup=0.3, start=0.1, end=0.0):
    done = step / total_steps
    up = start + (1 - start) * rising(done, warmup)
    return peak * keras.ops.minimum(up, end + (1 - end) * falling(done, warmup))


STARTS = "Your rate starts above 0; it should rise from 0."
ENDS = "Your rate ends above 0; it should come down to 0."
one_cycle.add_mistakes(
    _from_a_tenth,
    [(STARTS, {"start": share}) for share in (0.1, 0.04, 0.5, 0.01)]
    + [(ENDS, {"start": 0.0, "end": share}) for share in (0.1, 0.04, 0.5, 0.01, 0.001)]
    + [("Your rate starts and ends above 0; it should rise from 0 and come down to 0.", {
        "start": share, "end": share}) for share in (0.1, 0.04, 0.01)],
)  # fmt: skip


@one_cycle.alternative
def by_where(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    up, down = step / top, (total_steps - step) / (total_steps - top)
    return keras.ops.where(step < top, up, down) * peak


@one_cycle.alternative
def by_bending_a_line(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    beyond = keras.ops.maximum(done - warmup, 0.0)
    return peak * (done / warmup - beyond * (1 / warmup + 1 / (1 - warmup)))
