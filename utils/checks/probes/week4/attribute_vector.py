"""On which inputs `attribute_vector` is tried."""

import numpy as np

from ..recorder import probe


@probe
def attribute_vector(call, rng):
    codes = rng.normal(size=(24, 4)).astype("float32")
    some = (rng.random(24) < 0.3).astype(np.int64)
    some[:2] = 0, 1
    call("24 faces", codes, some)
    call("the attribute as bool", codes, some.astype(bool))
    call("one face has it", codes, np.eye(24, dtype=np.int64)[int(rng.integers(24))])
    call("two faces", codes[:2], np.array([1, 0]))
