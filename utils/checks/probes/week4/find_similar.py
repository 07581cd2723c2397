"""On which inputs `find_similar` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from


@probe
def find_similar(call, rng):
    size = sizes_from(rng)
    number, width, best = size(24, 40), size(4, 7), size(4, 8)
    codes = rng.normal(size=(number, width)).astype("float32")

    def query():
        return rng.normal(size=width).astype("float32")

    def one():
        return codes[size(0, number - 1)]

    call(f"{number} codes, the {best} nearest", codes, query(), best)
    call("all of them, in order", codes, query(), number)
    call("a query that is one of the codes", codes, one(), size(3, 5))
    long = codes * rng.uniform(0.2, 8, size=(number, 1)).astype("float32")
    call("codes of very different length", long, query(), size(5, 8))
    few = np.round(32 * codes[:7]) / 32  # so that equal codes are equally far by any formula
    thrice = few[rng.permutation(np.arange(60) % size(5, 7))].astype(
        float
    )  # small sorts happen to be stable
    call("equal codes", thrice, thrice[size(0, 59)], size(15, 25))
    lengths = rng.permutation(np.linspace(0.1, 3, size(2500, 3000)))[:, None]
    way = rng.normal(size=(len(lengths), width))
    centre = query()
    far = centre + lengths * way / np.linalg.norm(way, axis=1, keepdims=True)
    call("many codes", far, centre, size(700, 900))
    call("equal codes, all of them", thrice, query(), 60)
    call("one code", codes[:1], query(), 1)
    call("the nearest alone", codes, one() + np.float32(0.01), 1)
