"""On which inputs `normalize_images` is tried."""

import numpy as np

from ..recorder import probe
from ._images import dtype_of


@probe
def normalize_images(call, rng):
    """Bytes below 255 and above 0, so that an image's own extremes show; a black and white one."""
    n, *shape = (int(length) for length in rng.integers((2, 3, 3, 1), (5, 7, 7, 4)))
    images = rng.integers(1, 250, size=(n, *shape), dtype=np.uint8)
    images.ravel()[:2] = 3, 200  # some on both sides of the middle
    result = call(f"{n} images", images)
    call.observe("the dtype of the result", dtype_of, result)
    whites = int(rng.integers(2, 6))
    case = f"one grey image, a black pixel and {whites} white ones"
    call(case, np.array([[0] + [255] * whites], dtype=np.uint8))
    call("no images", np.zeros((0, *shape), np.uint8))
