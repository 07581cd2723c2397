"""On which inputs `augment` is tried."""

import numpy as np

from ..recorder import probe

BORDERS = {"their other side": "wrap", "their edge": "edge", "their mirror image": "reflect"}
FEW, BATCHES = 12, 24  # images in each of some small batches


def _places(images, pad):
    """Return a function that finds where each augmented image was cut from.

    It gives a dict: kind, shape and dtype of what it gets, and, where these are right, "places",
    (n, 3) integers: row, column, mirrored; −1 where an image was found nowhere; "found": where
    else, in words, such pieces come from.
    """

    def find(results):
        if not hasattr(results, "__array__"):
            return {"kind": type(results).__name__}
        results = np.asarray(results)
        seen = {"kind": "array", "shape": str(results.shape), "dtype": str(results.dtype)}
        if results.shape != images.shape or results.dtype != images.dtype:
            return seen
        places = _find(results, images, pad)
        return seen | {"places": places, "found": _elsewhere(results, images, pad, places)}

    return find


def _find(results, images, pad, mode="constant"):
    padded = np.pad(images, [[0], [pad], [pad], [0]], mode)
    windows = np.lib.stride_tricks.sliding_window_view(padded, images.shape[1:3], axis=(1, 2))
    found = np.full((len(images), 3), -1)
    for mirrored, pieces in enumerate((results, results[:, :, ::-1])):
        pieces = pieces.transpose(0, 3, 1, 2)[:, None, None]
        same = (windows == pieces).all(axis=(3, 4, 5))
        for number, row, column in np.argwhere(same):
            found[number] = row, column, mirrored
    return found


def _elsewhere(results, images, pad, places):
    """Say where those pieces come from that weren't found, as far as one way explains them all."""
    lost = (places < 0).any(axis=1)
    if not lost.any():
        return "in their own images"
    results, images = results[lost], images[lost]
    if (_find(results[:, ::-1], images, pad) >= 0).all():
        return "upside down"
    for words, mode in BORDERS.items():
        if min(images.shape[1:3]) > pad and (_find(results, images, pad, mode) >= 0).all():
            return f"around the images there is {words}"
    if (_find(results, images, pad + 4) >= 0).all():
        return "shifted by more than pad"
    return "nowhere"


def small_batches(function, images, seeds, pad):
    """Return what the function makes of the same few images with each of some generators."""
    return np.stack([function(images, np.random.default_rng(seed), pad) for seed in seeds])


def _sides_of(images, pad):
    """Return a function from small batches to whether each image draws its own side, in words."""

    def look(batches):
        if np.shape(batches)[1:] != images.shape:
            return {SIDES: "the pieces have another shape"}
        found = [_find(np.asarray(batch), images, pad) for batch in batches]
        mirrored = np.array([places[:, 2] for places in found])
        if (mirrored < 0).any() or mirrored.size == 0:
            return {SIDES: "they aren't found"}
        if mirrored.max() == mirrored.min():
            return {SIDES: "all are mirrored" if mirrored.max() else "none is mirrored"}
        if (mirrored.max(axis=1) == mirrored.min(axis=1)).all():
            return {SIDES: "all of a batch or none are mirrored"}
        same = (mirrored == mirrored[0]).all()
        return {SIDES: "the same ones are mirrored in each batch" if same else "each by itself"}

    return look


SIDES = "which pieces are mirrored"


@probe
def augment(call, rng):
    n, *shape = (int(length) for length in rng.integers((400, 5, 6, 1), (410, 7, 8, 3)))
    images = rng.uniform(-0.5, 0.5, size=(n, *shape)).astype("float32")
    seed, pad = int(rng.integers(2**32)), int(rng.integers(2, 4))

    def generator(number=0):
        return np.random.default_rng([seed, number])

    def try_on(case, number, **facts):
        call(case, images, generator(number), pad, then=find, facts={"pad": pad, **facts})

    few = images[:FEW]
    seeds = [int(number) for number in rng.integers(2**32, size=BATCHES)]
    case = f"{BATCHES} batches of {FEW} images, pad {pad}"
    call.inside(case, small_batches, few, seeds, pad, then=_sides_of(few, pad))
    find, again = _places(images, pad), {"compared with the first": True}
    try_on(f"{n} images, pad {pad}", 0)
    try_on(f"the same generator again, pad {pad}", 0, **again)
    try_on(f"another generator, pad {pad}", 1, **again)
    call("no shift, pad 0", images, generator(), 0, then=_places(images, 0), facts={"pad": 0})
    bytes_ = rng.integers(0, 256, size=(40, *rng.integers(10, 13, size=2), 1), dtype=np.uint8)
    find_bytes = _places(bytes_, 4)
    call("images of bytes, pad 4", bytes_, generator(), then=find_bytes, facts={"pad": 4})
