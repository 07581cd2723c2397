"""On which inputs `normalize_images` is tried."""

import numpy as np

from ..recorder import probe


@probe
def normalize_images(call, rng):
    n, *shape = (int(length) for length in rng.integers((2, 3, 3, 1), (5, 7, 7, 4)))
    call(f"{n} images", rng.integers(0, 256, size=(n, *shape), dtype=np.uint8))
    whites = int(rng.integers(2, 6))
    case = f"one grey image, a black pixel and {whites} white ones"
    call(case, np.array([[0] + [255] * whites], dtype=np.uint8))
    call("no images", np.zeros((0, *shape), np.uint8))
