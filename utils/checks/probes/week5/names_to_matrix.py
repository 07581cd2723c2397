"""On which inputs `names_to_matrix` is tried."""

from ..recorder import probe
from ._names import END, PAD, START, draw_ids


@probe
def names_to_matrix(call, rng):
    ids = draw_ids(rng, int(rng.integers(8, 13)))
    letters = [token for token in ids if token not in (PAD, START, END)]
    lengths = rng.permutation([1, 3, *rng.integers(5, 9, size=rng.integers(3, 6))])
    names = ["".join(rng.choice(letters, size=length)) for length in lengths]
    count, longest = len(names), int(max(lengths))
    call(f"{count} names with room to spare", names, ids, longest + int(rng.integers(4, 7)))
    call(f"{count} names, of which the longest just fits", names, ids, longest + 2)
    width = int(rng.integers(5, longest + 1))
    case = f"{count} names in rows of {width}: the long ones are cut"
    call(case, names, ids, width)
    call("a name without characters", [""], ids, int(rng.integers(3, 7)))
    call("no names", [], ids, int(rng.integers(4, 8)))
