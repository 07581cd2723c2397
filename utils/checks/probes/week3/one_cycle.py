"""On which inputs `one_cycle` is tried."""

import keras
import numpy as np

from ..recorder import probe


@probe
def one_cycle(call, rng):
    """Steps on the way up and down, a peak between two whole steps, and steps inside `fit`."""
    total, peak = int(rng.integers(8, 20)) * 10, rng.uniform(0.05, 0.4)
    top = int(rng.integers(0.17 * total, 0.26 * total)) + rng.uniform(0.3, 0.7)
    warmup = top / total  # so that the peak is between two steps

    def number(value):
        return float(np.asarray(value))

    for share in (0, rng.uniform(0.05, 0.1), 0.45, rng.uniform(0.85, 0.95), 1):
        step = float(share * total)
        call(f"step {step:.4g} of {total}", step, total, peak, warmup, then=number)
    call("the peak itself", top, total, peak, warmup, then=number)
    call("the default warm-up of 0.3", 0.3 * total, total, peak, then=number)
    call("an integer step", total // 3, total, peak, warmup, then=number)
    steps = int(rng.integers(5, 9))
    call.inside(f"{steps} steps inside `fit`", train_by, steps, peak, warmup)


def train_by(schedule, steps, peak, warmup):
    """Return where a weight of 0 with a slope of −1 is after training by a schedule."""

    class Schedule(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return schedule(keras.ops.cast(step, "float32"), steps, peak, warmup)

    weight = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
    model = keras.Sequential([keras.Input((1,)), weight])
    model.compile(
        optimizer=keras.optimizers.SGD(Schedule()),
        loss=lambda true, answer: -keras.ops.mean(answer),
    )
    ones = np.ones((steps, 1), "float32")
    model.fit(ones, ones, batch_size=1, epochs=1, verbose=0)
    return float(keras.ops.convert_to_numpy(weight.kernel)[0, 0])
