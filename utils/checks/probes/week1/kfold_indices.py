"""On which inputs `kfold_indices` is tried."""

import numpy as np

from ..recorder import probe


@probe
def kfold_indices(call, rng):
    seed = int(rng.integers(2**32))

    def split(case, rows, folds, seed, compare=False):
        facts = {"rows": rows, "compare_with_first": compare}
        call(case, rows, folds, np.random.default_rng(seed), facts=facts)

    split("20 rows in 5 folds", 20, 5, seed)
    split("20 rows in 5 folds, the same seed again", 20, 5, seed, compare=True)
    split("20 rows in 5 folds, another seed", 20, 5, seed + 1, compare=True)
    split("23 rows in 4 folds", 23, 4, seed)
    split("6 rows in 6 folds", 6, 6, seed)
