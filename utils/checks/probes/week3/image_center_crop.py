"""On which inputs `image_center_crop` is tried."""

import numpy as np

from ..recorder import probe


@probe
def image_center_crop(call, rng):
    """Wide, tall and square images; even and odd numbers of pixels to cut."""
    for height, width in ((6, 10), (10, 4), (5, 8), (9, 6), (7, 7), (1, 4)):
        image = rng.integers(0, 256, size=(height, width, 3), dtype=np.uint8)
        call(f"an image of height {height} and width {width}", image)
    call("a grey image of floats", rng.uniform(size=(4, 7, 1)))
