"""On which inputs `find_similar` is tried."""

import numpy as np

from ..recorder import probe


@probe
def find_similar(call, rng):
    codes = rng.normal(size=(30, 5)).astype("float32")
    call("30 codes, the 4 nearest", codes, rng.normal(size=5).astype("float32"), 4)
    call("all of them, in order", codes, rng.normal(size=5).astype("float32"), len(codes))
    call("a query that is one of the codes", codes, codes[int(rng.integers(30))], 3)
    long = codes * rng.uniform(0.2, 8, size=(30, 1)).astype("float32")
    call("codes of very different length", long, rng.normal(size=5).astype("float32"), 6)
    call("equal codes", np.repeat(codes[:4], 2, axis=0), codes[2], 4)
    call("one code", codes[:1], codes[5], 1)
    call("the nearest alone", codes, codes[7] + np.float32(0.01), 1)
