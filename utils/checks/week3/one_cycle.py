"""Check of `one_cycle`: the way up, the peak, the way down, and a step that is a tensor."""

import math

import keras
import numpy as np

from ..check import new_check

one_cycle = new_check(__name__, rtol=1e-5, atol=1e-6)


@one_cycle.witness("Keras's PolynomialDecay")
def two_decays(step, total_steps, peak, warmup=0.3):
    step = keras.ops.cast(step, "float32")
    top = warmup * total_steps
    decay = keras.optimizers.schedules.PolynomialDecay
    up, down = decay(0.0, top, peak), decay(peak, total_steps - top, 0.0)
    return keras.ops.where(step < top, up(step), down(keras.ops.maximum(step - top, 0.0)))


@one_cycle.mistake(
    "Inside `fit` the step is a tensor, and Python's `if` can't look into one. Take the smaller of "
    "the two straight lines, `keras.ops.minimum`, at every step."
)
def with_if(step, total_steps, peak, warmup=0.3):
    top = warmup * total_steps
    if step < top:
        return peak * step / top
    return peak * (total_steps - step) / (total_steps - top)


@one_cycle.mistake("Inside `fit` the step is a tensor, which NumPy can't work on: use keras.ops.")
def with_numpy(step, total_steps, peak, warmup=0.3):
    return np.interp(step, [0, warmup * total_steps, total_steps], [0, peak, 0])


def _up(done, warmup):
    return done / warmup


def _down(done, warmup):
    return (1 - done) / (1 - warmup)


def _cosine_down(done, warmup):
    return 0.5 * (1 + keras.ops.cos(math.pi * (done - warmup) / (1 - warmup)))


def _two_lines(
    step, total_steps, peak, warmup=0.3, up=_up, down=_down, share=None, times_peak=True
):
    """share: where the peak is, whatever `warmup` says."""
    done, warmup = step / total_steps, share or warmup
    rate = keras.ops.minimum(up(done, warmup), down(done, warmup))
    return peak * rate if times_peak else rate


one_cycle.add_mistakes(
    _two_lines,
    {
        "The rate must come down to 0 again after the peak.": {"down": lambda done, warmup: 1.0},
        "The rate must rise from 0 at first; yours starts at the peak.": {
            "up": lambda done, warmup: 1.0
        },
        "The peak is missing: your rate rises to 1; multiply by the peak, the largest rate.": {
            "times_peak": False
        },
        "Your peak is in the middle; it should come after a fraction `warmup` of the steps.": {
            "share": 0.5
        },
        "Your way down is a cosine; it should be a straight line.": {"down": _cosine_down},
    },
)


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
