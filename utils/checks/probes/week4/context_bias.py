"""On which inputs `context_bias` is tried."""

import numpy as np

from ..recorder import probe
from ..sizes import sizes_from


@probe
def context_bias(call, rng):
    """Counts that fall from id to id, as a vocabulary's do; the last words are never contexts."""
    size = sizes_from(rng)

    def vocabulary(number):
        return np.sort(rng.integers(2, 9, size=number) * rng.integers(1, 80, size=number))[::-1]

    def contexts(number, counts, unseen=0):
        """Return ids in proportion to counts, all but the last ones at least once."""
        seen = len(counts) - unseen
        shares = counts[:seen] / counts[:seen].sum()
        drawn = rng.choice(seen, size=number, p=shares)
        return rng.permutation(np.concatenate([np.arange(seen), drawn]))

    counts, negatives = vocabulary(size(9, 14)), size(4, 7)
    few = contexts(size(150, 250), counts, unseen=size(2, 3))
    case = f"{len(few)} pairs, {len(counts)} words, {negatives} negatives each"
    call(case, few, counts.copy(), negatives)
    call("one negative each", contexts(size(100, 200), counts, 2), counts.copy(), 1)
    call("every word is a context", contexts(size(200, 300), counts), counts.copy(), size(2, 4))
    even = np.full(size(5, 8), size(20, 40))
    call("all words equally often", contexts(size(50, 90), even, 1), even, size(5, 15))
    call("very few pairs", contexts(2, counts[:6], 3), counts[:6].copy(), size(5, 8))
    shuffled = rng.permutation(counts)
    call("counts in no order", contexts(size(90, 150), shuffled, 1), shuffled, size(2, 9))
    call("two words", contexts(size(9, 20), counts[:2]), counts[:2].copy(), size(2, 5))
