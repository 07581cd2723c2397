"""On which inputs `conv2d_naive` is tried."""

from ..recorder import probe


@probe
def conv2d_naive(call, rng):
    def inputs(n, height, width, channels, kernel_height, kernel_width, filters):
        kernel = rng.normal(size=(kernel_height, kernel_width, channels, filters))
        return rng.normal(size=(n, height, width, channels)), kernel, rng.normal(size=filters)

    call("a 3×3 kernel", *inputs(2, 6, 5, 3, 3, 3, 4))
    call("padding 'valid'", *inputs(2, 6, 5, 2, 3, 3, 3), 1, "valid")
    call("stride 2 on an odd size", *inputs(1, 7, 9, 2, 3, 3, 2), 2)
    call("stride 2 on an even size", *inputs(1, 8, 6, 2, 3, 3, 2), 2)
    call("stride 2, padding 'valid'", *inputs(1, 7, 8, 2, 3, 3, 2), 2, "valid")
    call("a 2×5 kernel", *inputs(1, 6, 7, 2, 2, 5, 2))
    call("a 1×1 kernel with stride 3", *inputs(1, 7, 7, 2, 1, 1, 2), 3)
