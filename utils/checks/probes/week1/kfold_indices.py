"""On which inputs `kfold_indices` is tried."""

import numpy as np

from ..recorder import probe


@probe
def kfold_indices(call, rng):
    seed = int(rng.integers(2**32))

    def split(rows, folds, more="", seed=seed, compare=False):
        facts = {"rows": rows, "compare_with_first": compare}
        generator = np.random.default_rng(seed)
        call(f"{rows} rows in {folds} folds{more}", rows, folds, generator, facts=facts)

    folds = int(rng.integers(4, 8))
    rows = folds * int(rng.integers(50, 60))  # enough to see a shuffle in them
    split(rows, folds)
    split(rows, folds, ", the same seed again", compare=True)
    split(rows, folds, ", another seed", seed + 1, compare=True)
    folds = int(rng.integers(4, 8))
    left_over = int(rng.integers(2, folds))  # more than one, so that it matters where they go
    split(folds * int(rng.integers(3, 7)) + left_over, folds)
    split(7 * int(rng.integers(3, 6)) + 6, 7)  # all but one fold hold a row more
    rows = int(rng.integers(11, 15))
    split(rows, rows)
    split(2 * rows + 1, 2)
