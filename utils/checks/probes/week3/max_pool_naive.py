"""On which inputs `max_pool_naive` is tried."""

from ..recorder import probe

LEFT_OVER = (
    "Only images whose sides are no multiples of `size` fail: cut off the rows and columns that "
    "are left over, at the bottom and at the right, before you divide the rest into windows."
)
NOTHING_OVER = (
    "Only images whose sides are multiples of `size` fail: there nothing is left over, and a slice "
    "that ends at −0 is empty. Count from the start: `x[:, : height * size]`."
)


@probe
def max_pool_naive(call, rng):
    """Several windows each way, several channels, and no two of these numbers alike."""
    sizes = rng.permutation([2, 3, 4, 5])
    rows, columns, channels, n = (int(number) for number in sizes)

    def images(height, width):
        return rng.normal(size=(n, height, width, channels))

    def whole(case, height, width, *args):
        call(case, images(height, width), *args, facts={"alone": NOTHING_OVER})

    size = int(rng.integers(3, 5))
    whole(f"{rows}×{columns} windows of 2×2", 2 * rows, 2 * columns)
    whole(f"{rows}×{columns} windows of {size}×{size}", size * rows, size * columns, size)
    over = {"facts": {"alone": LEFT_OVER}}
    call("an odd number of rows and columns", images(2 * columns + 1, 2 * rows + 1), **over)
    more = images(size * rows + size - 1, size * columns + 1)
    call(f"windows of {size}×{size}, and some rows and columns left over", more, size, **over)
    low = -1 - abs(images(2 * columns, 2 * rows))
    call("only negative values", low, facts={"alone": NOTHING_OVER})
