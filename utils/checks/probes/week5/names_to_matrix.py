"""On which inputs `names_to_matrix` is tried."""

from ..recorder import probe
from ._names import draw_words, vocabulary_of


@probe
def names_to_matrix(call, rng):
    names = draw_words(rng, [3, 7, 5, 1, 6])
    ids = vocabulary_of(names)
    call("five names with room to spare", names, ids, 12)
    call("five names, of which the longest just fits", names, ids, 9)
    call("five names in rows of 6: three are cut", names, ids, 6)
    call("a name without characters", [""], ids, 4)
    call("no names", [], ids, 5)
