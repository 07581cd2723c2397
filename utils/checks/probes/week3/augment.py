"""On which inputs `augment` is tried."""

import numpy as np

from ..recorder import probe


def _places(images, pad):
    """Return a function that finds where each augmented image was cut from.

    It gives a dict: kind, shape and dtype of what it gets, and, where these are right, "places",
    (n, 3) integers: row, column, mirrored; −1 where an image was found nowhere.
    """
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, images.shape[1:3], axis=(1, 2))

    def find(results):
        if not hasattr(results, "__array__"):
            return {"kind": type(results).__name__}
        results = np.asarray(results)
        seen = {"kind": "array", "shape": list(results.shape), "dtype": str(results.dtype)}
        if results.shape != images.shape or results.dtype != images.dtype:
            return seen
        found = np.full((len(images), 3), -1)
        for mirrored, pieces in enumerate((results, results[:, :, ::-1])):
            pieces = pieces.transpose(0, 3, 1, 2)[:, None, None]
            same = (windows == pieces).all(axis=(3, 4, 5))
            for number, row, column in np.argwhere(same):
                found[number] = row, column, mirrored
        return seen | {"places": found}

    return find


@probe
def augment(call, rng):
    n, *shape = (int(length) for length in rng.integers((400, 5, 6, 1), (410, 7, 8, 3)))
    images = rng.uniform(-0.5, 0.5, size=(n, *shape)).astype("float32")
    seed, pad = int(rng.integers(2**32)), int(rng.integers(2, 4))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    def try_on(case, number, **facts):
        call(case, images, generator(number), pad, then=find, facts={"pad": pad, **facts})

    find, again = _places(images, pad), {"compared with the first": True}
    try_on(f"{n} images, pad {pad}", 0)
    try_on(f"the same generator again, pad {pad}", 0, **again)
    try_on(f"another generator, pad {pad}", 1, **again)
    call("no shift, pad 0", images, generator(), 0, then=_places(images, 0), facts={"pad": 0})
    bytes_ = rng.integers(0, 256, size=(40, *rng.integers(10, 13, size=2), 1), dtype=np.uint8)
    find_bytes = _places(bytes_, 4)
    call("images of bytes, pad 4", bytes_, generator(), then=find_bytes, facts={"pad": 4})
