"""Check of `one_cycle`: points, the mistakes people make, sound variants."""

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


@one_cycle.mistake("NumPy can't work on the tensor that the step is inside `fit`: use keras.ops.")
def with_numpy(step, total_steps, peak, warmup=0.3):
    return np.interp(step, [0, warmup * total_steps, total_steps], [0, peak, 0])


@one_cycle.mistake("The rate must come down to 0 again after the peak.")
def stays_up(step, total_steps, peak, warmup=0.3):
    return peak * keras.ops.minimum(step / total_steps / warmup, 1.0)


@one_cycle.mistake("The rate must rise from 0 at first; yours starts at the peak.")
def no_warm_up(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return peak * keras.ops.minimum(1.0, (1 - done) / (1 - warmup))


@one_cycle.mistake(
    "The peak is missing: your rate rises to 1; multiply by the peak, the largest rate."
)
def without_peak(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return keras.ops.minimum(done / warmup, (1 - done) / (1 - warmup))


@one_cycle.mistake("Your peak is in the middle; it comes when the share `warmup` is over.")
def peak_in_the_middle(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    return peak * keras.ops.minimum(2 * done, 2 - 2 * done)


@one_cycle.mistake("The way down is a cosine; here it is a straight line.")
def cosine_down(step, total_steps, peak, warmup=0.3):
    done = step / total_steps
    down = 0.5 * (1 + keras.ops.cos(math.pi * (done - warmup) / (1 - warmup)))
    return peak * keras.ops.where(done < warmup, done / warmup, down)


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
