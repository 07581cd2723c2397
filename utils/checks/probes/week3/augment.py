"""On which inputs `augment` is tried."""

import numpy as np

from ..recorder import probe


def _places(images, pad):
    """Return a function that finds where each augmented image was cut from, or None.

    It gives (n, 3) integers: row, column, mirrored; −1 where it was found nowhere.
    """
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, images.shape[1:3], axis=(1, 2))

    def find(results):
        results = np.asarray(results)
        if results.shape != images.shape or results.dtype != images.dtype:
            return results
        found = np.full((len(images), 3), -1)
        for mirrored, pieces in enumerate((results, results[:, :, ::-1])):
            pieces = pieces.transpose(0, 3, 1, 2)[:, None, None]
            same = (windows == pieces).all(axis=(3, 4, 5))
            for number, row, column in np.argwhere(same):
                found[number] = row, column, mirrored
        return found

    return find


@probe
def augment(call, rng):
    images = rng.uniform(-0.5, 0.5, size=(400, 6, 7, 2)).astype("float32")
    seed = int(rng.integers(2**32))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    find, again = _places(images, 2), {"pad": 2, "compared with the first": True}
    call("400 images, pad 2", images, generator(), 2, then=find, facts={"pad": 2})
    call("the same generator again, pad 2", images, generator(), 2, then=find, facts=again)
    call("another generator, pad 2", images, generator(1), 2, then=find, facts=again)
    call("no shift, pad 0", images, generator(), 0, then=_places(images, 0), facts={"pad": 0})
    bytes_ = rng.integers(0, 256, size=(40, 12, 12, 1), dtype=np.uint8)
    find = _places(bytes_, 4)
    call("images of bytes, pad 4", bytes_, generator(), then=find, facts={"pad": 4})
