"""On which inputs `image_center_crop` is tried."""

import numpy as np

from ..recorder import probe


@probe
def image_center_crop(call, rng):
    """Wide, tall and square images; even and odd numbers of pixels to cut."""
    sides = rng.integers(4, 8, size=6)
    even, odd = 2 * rng.integers(1, 4, size=2), 1 + 2 * rng.integers(1, 3, size=4)
    sizes = [
        (sides[0], sides[0] + even[0]),
        (sides[1] + even[1], sides[1]),
        (sides[2], sides[2] + odd[0]),
        (sides[3] + odd[1], sides[3]),
        (sides[4], sides[4]),
        (1, 1 + odd[2]),
    ]
    for height, width in sizes:
        image = rng.integers(0, 256, size=(height, width, 3), dtype=np.uint8)
        call(f"an image of height {height} and width {width}", image)
    call("a grey image of floats", rng.uniform(size=(sides[5], sides[5] + odd[3], 1)))
