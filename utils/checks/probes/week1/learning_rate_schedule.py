"""On which inputs `learning_rate_schedule` is tried."""

import math

from ..recorder import probe


@probe
def learning_rate_schedule(call, rng):
    total, peak = 20 * int(rng.integers(4, 11)), rng.uniform(0.05, 0.5)

    def at(steps, warmup):
        for step in steps:
            words = f", warm-up {warmup:.4g}" if warmup else " without warm-up"
            call(f"step {step} of {total}{words}", int(step), total, peak, warmup)

    top = int(rng.integers(total // 8, total // 3)) + rng.uniform(0.3, 0.7)  # between two steps
    rising = rng.integers(2, math.floor(top) - 1)
    falling = rng.integers(math.ceil(top) + 2, total - 2)
    at((0, rising, math.floor(top), math.ceil(top), falling, total), top / total)
    share = int(rng.integers(1, 4))  # the warm-up ends at a step; quarters aren't rounded
    at((total * share // 4,), share / 4)
    at((0, rng.integers(1, total)), 0.0)
