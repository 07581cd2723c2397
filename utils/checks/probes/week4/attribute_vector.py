"""On which inputs `attribute_vector` is tried."""

import numpy as np

from ..recorder import probe


@probe
def attribute_vector(call, rng):
    number, width = (int(n) for n in (rng.integers(18, 31), rng.integers(3, 8)))
    codes = rng.normal(size=(number, width)).astype("float32")
    have_it = int(rng.integers(4, number // 3 + 1))  # fewer than half of them
    some = rng.permutation((np.arange(number) < have_it).astype(np.int64))
    call(f"{number} faces", codes, some)
    call("the attribute as bool", codes, some.astype(bool))
    call("one face has it", codes, np.eye(number, dtype=np.int64)[int(rng.integers(number))])
    call("two faces", codes[:2], np.array([1, 0]))
