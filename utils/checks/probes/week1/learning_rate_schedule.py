"""On which inputs `learning_rate_schedule` is tried."""

from ..recorder import probe


@probe
def learning_rate_schedule(call, rng):
    total, peak = int(rng.integers(8, 20)) * 10, rng.uniform(0.05, 0.5)
    warmup = int(rng.integers(2, 7)) / 20
    for step in (0, total // 20, total // 10, total // 5, total // 2, total - 1, total):
        call(f"step {step} of {total}, warm-up {warmup}", step, total, peak, warmup)
    call("the first step without warm-up", 0, total, peak, 0.0)
    call("halfway without warm-up", total // 2, total, peak, 0.0)
