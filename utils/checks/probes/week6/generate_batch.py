"""On which inputs `generate_batch` is tried."""

import numpy as np

from ..recorder import probe

DRAWN = 60  # batches drawn, to see what chance does


@probe
def generate_batch(call, rng):
    """Numbers tell where a caption comes from: 10·image + place, then more of the same."""
    embeddings = (np.arange(9)[:, None] + np.array([0, 0.25, 0.5])).astype("float32")
    captions = [
        [[10 * image + place + 2] * int(rng.integers(2, 6)) for place in range(1 + image % 4)]
        for image in range(len(embeddings))
    ]
    embeddings, seed = embeddings[:, rng.permutation(3)], int(rng.integers(2**32))

    def try_on(case, batch_size, number, *max_len, is_compared=False):
        generator = np.random.default_rng([seed, number])
        facts = {"is cut": bool(max_len), "is compared": is_compared}  # with the first batch

        def look(batch):
            images, matrix = batch
            return {"images": np.asarray(images), "captions": np.asarray(matrix)}

        args = embeddings, captions, batch_size, generator, *max_len
        call(case, *args, then=look, facts=facts)

    try_on("4 of 9 images", 4, 0)
    try_on("the same generator again", 4, 0, is_compared=True)
    try_on("another generator", 4, 1, is_compared=True)
    try_on("all 9 images", 9, 2)
    try_on("at most 3 numbers per caption", 9, 3, 3)
    try_on("one image", 1, 4)
    facts = {"captions per image": [len(of_image) for of_image in captions]}
    args = call.function, embeddings, captions, seed
    call.observe(f"{DRAWN} batches of 5", _draw_many, *args, facts=facts)
    grids = np.arange(4 * 2 * 2 * 3, dtype="float16").reshape(4, 2, 2, 3)
    same = [[[7, 8]]] * 4
    call("grids, with one caption each", grids, same, 4, np.random.default_rng(seed), then=_grids)


def _draw_many(generate, embeddings, captions, seed):
    rng = np.random.default_rng([seed, 9])
    pairs = []
    for _ in range(DRAWN):
        images, matrix = generate(embeddings, captions, 5, rng)
        pairs.append(np.column_stack([np.floor(np.min(images, axis=1)), np.asarray(matrix)[:, 0]]))
    return {"image and first number": np.stack(pairs).astype(int)}


def _grids(batch):
    images, matrix = batch
    return {
        "first numbers of the grids": np.sort(np.asarray(images)[:, 0, 0, 0]),
        "shape": list(np.shape(images)),
        "captions": np.asarray(matrix),
    }
