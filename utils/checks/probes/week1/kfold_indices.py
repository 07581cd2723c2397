"""On which inputs `kfold_indices` is tried."""

import numpy as np

from ..recorder import probe


@probe
def kfold_indices(call, rng):
    seed = int(rng.integers(2**32))
    call("20 rows in 5 folds", 20, 5, np.random.default_rng(seed))
    call("20 rows in 5 folds, the same seed again", 20, 5, np.random.default_rng(seed))
    call("20 rows in 5 folds, another seed", 20, 5, np.random.default_rng(seed + 1))
    call("23 rows in 4 folds", 23, 4, np.random.default_rng(seed))
    call("6 rows in 6 folds", 6, 6, np.random.default_rng(seed))
