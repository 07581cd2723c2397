"""On which inputs `max_pool_naive` is tried."""

from ..recorder import probe


@probe
def max_pool_naive(call, rng):
    """Several windows each way, several channels."""

    def images(rows, columns):
        n, channels = rng.integers(1, 3), rng.integers(2, 5)
        return rng.normal(size=(n, rows, columns, channels))

    rows, columns = (int(number) for number in rng.integers(2, 5, size=2))
    size = int(rng.integers(3, 5))
    call(f"{rows}×{columns} windows of 2×2", images(2 * rows, 2 * columns))
    case = f"{rows}×{columns} windows of {size}×{size}"
    call(case, images(size * rows, size * columns), size)
    call("an odd number of rows and columns", images(2 * columns + 1, 2 * rows + 1))
    call("only negative values", -1 - abs(images(2 * columns, 2 * rows)))
