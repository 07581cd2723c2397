"""On which inputs `conv2d_naive` is tried."""

from ..recorder import probe


@probe
def conv2d_naive(call, rng):
    """Odd and even sizes, which decide how many zeros there are and where they go."""

    def try_on(case, height, width, kernel_height, kernel_width, *args):
        n, channels, filters = rng.integers(1, 3), rng.integers(2, 4), rng.integers(2, 5)
        images = rng.normal(size=(n, height, width, channels))
        kernel = rng.normal(size=(kernel_height, kernel_width, channels, filters))
        case = f"{case}, images of {height}×{width}"
        call(case, images, kernel, rng.normal(size=filters), *args)

    small, odd, even = map(rng.permutation, ((5, 6, 7), (5, 7, 9), (6, 8)))
    try_on("a 3×3 kernel", *small[:2], 3, 3)
    try_on("a 3×3 kernel, padding 'valid'", *small[1:], 3, 3, 1, "valid")
    try_on("a 3×3 kernel, stride 2", *odd[:2], 3, 3, 2)
    try_on("a 3×3 kernel, stride 2", *even, 3, 3, 2)
    try_on("a 3×3 kernel, stride 2, padding 'valid'", odd[2], even[0], 3, 3, 2, "valid")
    try_on("a 2×5 kernel", *rng.integers(6, 9, size=2), 2, 5)
    try_on("a 1×1 kernel, stride 3", *rng.integers(7, 10, size=2), 1, 1, 3)
