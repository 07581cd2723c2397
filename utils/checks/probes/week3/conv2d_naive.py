"""On which inputs `conv2d_naive` is tried."""

from ..recorder import probe

NOT_SQUARE = (
    "Only the kernel whose height and width differ fails: take both from `kernel.shape[:2]`, and "
    "don't exchange them."
)
WIDE_STRIDE = (
    "Only a stride larger than the kernel fails: there the windows leave pixels out, and the "
    "number of zeros comes out negative. No zeros are needed then: take the larger of it and 0."
)


@probe
def conv2d_naive(call, rng):
    """Odd and even sizes, which decide how many zeros there are and where they go."""

    def try_on(case, height, width, kernel_height, kernel_width, *args, **facts):
        n, channels, filters = rng.permutation([2, 3, 4])  # all differ
        images = rng.normal(size=(n, height, width, channels))
        kernel = rng.normal(size=(kernel_height, kernel_width, channels, filters))
        case = f"{case}, images of {height}×{width}"
        bias = 0.2 + abs(rng.normal(size=filters))
        call(case, images, kernel, bias, *args, facts=facts)

    small, odd, even = map(rng.permutation, ((5, 6, 7), (5, 7, 9), (6, 8)))
    try_on("a 3×3 kernel", *small[:2], 3, 3)
    try_on("a 3×3 kernel, padding 'valid'", *small[1:], 3, 3, 1, "valid")
    try_on("a 3×3 kernel, stride 2", *odd[:2], 3, 3, 2)
    try_on("a 3×3 kernel, stride 2", *even, 3, 3, 2)
    try_on("a 3×3 kernel, stride 2, padding 'valid'", odd[2], even[0], 3, 3, 2, "valid")
    try_on("a 2×5 kernel", *rng.permutation([6, 7, 8])[:2], 2, 5, alone=NOT_SQUARE)
    wide = rng.permutation([8, 9, 11, 12])[:2]  # the last pixels of which no window reaches
    try_on("a 1×1 kernel, stride 3", *wide, 1, 1, 3, alone=WIDE_STRIDE)
