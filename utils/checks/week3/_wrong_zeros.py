"""How many zeros go around an image for `conv2d_naive`, and mistakes in that."""


def fewest_zeros(size, k, stride):
    """Return how many zeros go before and behind."""
    total = max((-(-size // stride) - 1) * stride + k - size, 0)
    return total // 2, total - total // 2


def _total(size, k, stride):
    return sum(fewest_zeros(size, k, stride))


def _without_stride(size, k, stride):
    return fewest_zeros(size, k, 1)


def _half_on_both_sides(size, k, stride):
    return k // 2, k // 2


def _by_floor(size, k, stride):
    total = max((size // stride - 1) * stride + k - size, 0)
    return total // 2, total - total // 2


def _may_be_negative(size, k, stride):
    total = (-(-size // stride) - 1) * stride + k - size
    return total // 2, total - total // 2


STRIDE_1 = (
    "With a stride, you padded as you would without one: there must be ⌈H / stride⌉ windows, with "
    "as few zeros as possible. The last window, not the first row, decides how many."
)
ZEROS = {
    STRIDE_1: _without_stride,
    "You put k // 2 zeros on each side. How many are needed depends on the stride too: the fewest "
    "with which ⌈H / stride⌉ windows fit, shared out evenly, an odd one below and to the right.":
        _half_on_both_sides,
    "The odd row or column of zeros goes below or to the right, not above or to the left.":
        lambda *sizes: fewest_zeros(*sizes)[::-1],
    "There are ⌈H / stride⌉ windows, rounded up; you rounded down.": _by_floor,
    "Where the stride is larger than the kernel, your number of zeros is negative: take the larger "
    "of it and 0.": _may_be_negative,
    "All your zeros are above and to the left; half of them belong below and to the right.":
        lambda *sizes: (_total(*sizes), 0),
    "All your zeros are below and to the right; half of them belong above and to the left.":
        lambda *sizes: (0, _total(*sizes)),
    "Where an odd number of zeros is due, you left one out: it goes below or to the right.":
        lambda *sizes: (_total(*sizes) // 2,) * 2,
    "You put all the zeros on each of both sides: half of them go on each.":
        lambda *sizes: (_total(*sizes),) * 2,
    "You put k zeros on both sides, so the kernel sees nothing but zeros at the corners.":
        lambda size, k, stride: (k, k),
    "You put one zero on each side; how many are needed depends on kernel and stride.":
        lambda size, k, stride: (1, 1),
}  # fmt: skip
