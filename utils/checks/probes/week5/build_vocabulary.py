"""On which inputs `build_vocabulary` is tried."""

from ..recorder import probe
from ._names import draw_words


@probe
def build_vocabulary(call, rng):
    count = int(rng.integers(5, 9))
    call(f"{count} names", draw_words(rng, rng.integers(4, 9, size=count)))
    a, b, c, d, e, f, g = draw_words(rng, rng.integers(2, 6, size=7))
    marked = [f"{a} {b}", f"{c}-{d}", f"{e}'{f}", f"{g}é"]
    call("a space, a hyphen, an apostrophe and an é", marked)
    call("one name", draw_words(rng, [int(rng.integers(4, 9))]))
