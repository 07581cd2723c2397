"""On which inputs `batch_captions_to_matrix` is tried."""

import numpy as np

from ..recorder import probe


@probe
def batch_captions_to_matrix(call, rng):
    def captions(lengths):
        """Return captions whose first number is 0, a token like any other."""
        rows = [rng.integers(2, 50, size=length) for length in lengths]
        for row in rows:
            row[:1] = 0
        return [row.tolist() for row in rows]

    def lengths(count):
        return rng.permutation(np.arange(1, 9))[:count].tolist()  # all different

    count = int(rng.integers(3, 6))
    call(f"{count} captions of different lengths", captions(lengths(count)), 1)
    pad = int(rng.integers(50, 100))
    call(f"padding is {pad}", captions(lengths(4)), pad)
    most = int(rng.integers(2, 6))
    around = rng.permutation([most - 1, most, most + 1, most + rng.integers(2, 5)])
    call(f"at most {most} numbers", captions(around), 1, most)
    short = lengths(2)
    most = max(short) + int(rng.integers(2, 6))
    call(f"at most {most} numbers, which is more than needed", captions(short), 0, most)
    short = lengths(2)
    call("as long as allowed", captions(short), 1, max(short))
    call("an empty caption", captions([0, *lengths(1)]), 1)
    call("one caption", captions(lengths(1)), 1)
