"""On which inputs `build_vocabulary` is tried."""

from ..recorder import probe
from ._names import draw_words


@probe
def build_vocabulary(call, rng):
    call("six names", draw_words(rng, rng.integers(3, 9, size=6)))
    call("a space, a hyphen, an apostrophe and an é", ["Jo Ann", "Anne-Lie", "O'Hara", "Zoé"])
    call("one name", draw_words(rng, [5]))
    call("no names", [])
