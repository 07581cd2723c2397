"""On which inputs `learning_rate_schedule` is tried."""

from ..recorder import probe


@probe
def learning_rate_schedule(call, rng):
    total, peak = 20 * int(rng.integers(4, 11)), rng.uniform(0.05, 0.5)
    share = int(rng.integers(2, 7))
    top, warmup = total * share // 20, share / 20
    rising = rng.integers(1, top, size=2)
    falling = rng.integers(top + 1, total, size=2)
    for step in (0, *map(int, rising), top, *map(int, falling), total - 1, total):
        call(f"step {step} of {total}, warm-up {warmup}", step, total, peak, warmup)
    call("the first step without warm-up", 0, total, peak, 0.0)
    step = int(rng.integers(1, total))
    call(f"step {step} of {total} without warm-up", step, total, peak, 0.0)
