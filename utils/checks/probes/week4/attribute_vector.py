"""On which inputs `attribute_vector` is tried."""

import numpy as np

from ..recorder import probe


@probe
def attribute_vector(call, rng):
    number, width = (int(n) for n in (rng.integers(18, 31), rng.integers(3, 8)))
    codes = rng.normal(size=(number, width)).astype("float32")
    some = (rng.random(number) < 0.3).astype(np.int64)
    some[:2] = 0, 1
    call(f"{number} faces", codes, some)
    call("the attribute as bool", codes, some.astype(bool))
    call("one face has it", codes, np.eye(number, dtype=np.int64)[int(rng.integers(number))])
    call("two faces", codes[:2], np.array([1, 0]))
