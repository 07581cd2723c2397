"""On which inputs `image_center_crop` is tried."""

import numpy as np

from ..recorder import probe

NOT_ODD = (
    "Only images fail of which an even number of rows and columns has to go, or none: a slice that "
    "ends at −0 is empty. Count from the start, `image[top : top + side]`."
)
ONLY_ODD = "Only images fail of which an odd number of rows or columns has to go: round that down."


@probe
def image_center_crop(call, rng):
    """Wide, tall and square images; even and odd numbers of pixels to cut."""
    sides = rng.permutation([4, 5, 6, 7])[:2]
    even_side, odd_side, grey = rng.choice([4, 6, 8]), rng.choice([5, 7]), rng.integers(4, 8)
    even, (few, more) = 2 * rng.integers(1, 4, size=2), rng.permutation([3, 7])
    lots = rng.permutation([5, 9])  # of these, halves are rounded to an even number below
    sizes = [
        (sides[0], sides[0] + even[0]),
        (sides[1] + even[1], sides[1]),
        (odd_side, odd_side + lots[0]),
        (even_side + few, even_side),
        (sides[0], sides[0]),
        (1, 1 + more),
    ]
    for height, width in sizes:
        image = rng.integers(0, 256, size=(height, width, 3), dtype=np.uint8)
        facts = {"alone": NOT_ODD} if (height - width) % 2 == 0 else {"alone": ONLY_ODD}
        call(f"an image of height {height} and width {width}", image, facts=facts)
    call("a grey image of floats", rng.uniform(size=(grey, grey + lots[1], 1)))
