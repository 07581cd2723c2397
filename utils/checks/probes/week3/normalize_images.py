"""On which inputs `normalize_images` is tried."""

import numpy as np

from ..recorder import probe


@probe
def normalize_images(call, rng):
    call("three images", rng.integers(0, 256, size=(3, 4, 5, 3), dtype=np.uint8))
    call("one grey image, black and white", np.array([[0, 255]], dtype=np.uint8))
    call("no images", np.zeros((0, 4, 4, 3), np.uint8))
