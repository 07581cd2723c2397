"""On which inputs `generate_batch` is tried."""

import numpy as np

from ..recorder import probe

DRAWN = 150  # batches drawn, to see what chance does


@probe
def generate_batch(call, rng):
    embeddings, captions = _data(rng)
    n, half, seed = len(embeddings), int(rng.integers(4, 6)), int(rng.integers(2**32))

    def try_on(case, batch_size, number, max_len=None, is_compared=False):
        generator = np.random.default_rng([seed, number])
        facts = {"embeddings": embeddings, "captions": captions, "max_len": max_len}
        facts["is compared"] = is_compared  # with the first batch
        args = embeddings, captions, batch_size, generator, *([max_len] if max_len else [])
        call(case, *args, then=_arrays, facts=facts)

    try_on(f"{half} of {n} images", half, 0)
    try_on("the same generator again", half, 0, is_compared=True)
    try_on(f"all {n} images", n, 2)
    try_on("at most 3 numbers per caption", n, 3, 3)
    try_on("one image", 1, 4)
    args = embeddings, captions, half, np.random.default_rng([seed, 9])
    case, facts = f"{DRAWN} batches of {half}", {"embeddings": embeddings, "captions": captions}
    call.inside(case, _draw_many, *args, then=lambda many: list(map(_arrays, many)), facts=facts)
    _try_grids(call, rng)


def _data(rng):
    """Return embeddings of images, and captions of each, which differ in their first numbers."""
    places = rng.permutation([1, 2, 3, 4, 1, 2, 3, 4, *rng.integers(1, 5, size=rng.integers(3))])
    embeddings = rng.normal(size=(len(places), rng.integers(3, 6))).astype("float32")
    numbers = iter(rng.permutation(np.arange(2, 80)).tolist())
    captions = [
        [[next(numbers), *rng.integers(2, 80, size=rng.integers(1, 5)).tolist()] for _ in range(n)]
        for n in places
    ]
    return embeddings, captions


def _draw_many(generate, embeddings, captions, batch_size, rng):
    """Return many batches, drawn one after another by the same generator."""
    return [generate(embeddings, captions, batch_size, rng) for _ in range(DRAWN)]


def _arrays(batch):
    images, matrix = batch
    return {"images": np.asarray(images), "captions": np.asarray(matrix)}


def _try_grids(call, rng):
    """Try images of several axes, all in one batch, so that chance decides their order alone."""
    n, height, width, channels = rng.permutation(np.arange(2, 7))[:4].tolist()
    size = n * height * width * channels
    grids = rng.permutation(size).astype("float16").reshape(n, height, width, channels)
    caption = rng.integers(2, 80, size=rng.integers(2, 6)).tolist()

    def look(batch):
        images, matrix = map(np.asarray, batch)
        return {"sorted grids": images[np.argsort(images[:, 0, 0, 0])], "captions": matrix}

    args = grids, [[caption]] * n, n, np.random.default_rng(int(rng.integers(2**32)))
    call("grids, with one caption each", *args, then=look)
