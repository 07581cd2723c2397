"""On which inputs `names_to_matrix` is tried."""

import numpy as np

from ..recorder import probe
from ._names import END, PAD, START, draw_ids


@probe
def names_to_matrix(call, rng):
    ids = draw_ids(rng, int(rng.integers(8, 13)))
    letters = [token for token in ids if token not in (PAD, START, END)]
    lengths = rng.permutation([1, 3, *rng.integers(5, 8, size=rng.integers(2, 5)), 8])
    names = ["".join(rng.choice(letters, size=length)) for length in lengths]
    count, longest = len(names), int(max(lengths))
    width = longest + int(rng.integers(4, 7))
    matrix = call(f"{count} names with room to spare", names, ids, width)
    call(f"{count} names, of which the longest just fits", names, ids, longest + 2)
    width = int(rng.integers(5, longest))
    case = f"{count} names in rows of {width}: the long ones are cut"
    call(case, sorted(names, key=len, reverse=True), ids, width)
    longest_alone = max(names, key=len)
    call("a name of which only the end doesn't fit", [longest_alone], ids, longest + 1)
    call("a name without characters", [""], ids, int(rng.integers(3, 7)))
    call.observe("the dtype of the matrix", _dtype_of, matrix)


def _dtype_of(matrix):
    """Return the name of an array's dtype; of what isn't an array, what it would have."""
    return str(np.asarray(matrix).dtype) if hasattr(matrix, "dtype") else "int32"
