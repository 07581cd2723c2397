"""Check of `generate_batch`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check
from ..probes.week6._captions import PAD_ID
from ._caption_matrix import num_columns, padded_matrix
from .batch_captions_to_matrix import by_keras, number_by_number


def _facts_of_batches(evidence):
    """Replace random batches by what holds for every right one."""
    facts, known = [], {}
    for seen in evidence:
        value = seen["value"]
        if not seen["error"] and isinstance(value, dict):
            kind = _facts_of_many if "image and first number" in value else _facts_of_batch
            known[seen["case"]] = value
            value = kind(value, seen["case"], known)
        facts.append({**seen, "value": value})
    return facts


def _facts_of_batch(value, case, known):
    images, matrix = value.get("images"), value["captions"]
    if images is None:  # the grids
        return value
    facts = {"shape of the images": list(images.shape), "captions are integers": True}
    if images.ndim != 2 or matrix.ndim != 2 or matrix.dtype.kind not in "iu":
        return facts | {"captions are integers": matrix.dtype.kind in "iu",
                        "captions have axes": matrix.ndim}  # fmt: skip
    rows = np.floor(images.min(axis=1)).astype(int)
    first = matrix[:, 0]
    of_images = (first - 2) // 10
    lengths = (matrix == first[:, None]).sum(axis=1)
    behind = matrix[matrix != first[:, None]]
    facts |= {
        "number of captions": len(matrix),
        "captions belong to their images": bool(np.array_equal(of_images, rows)),
        "the images of a batch are different": len(set(rows)) == len(rows),
        "padding has the number 1": bool((behind == PAD_ID).all()),
        "there are as many columns as the longest caption has": matrix.shape[1] == lengths.max(),
    }
    if "at most 3" in case:
        facts["columns"] = matrix.shape[1]
    if "again" in case or "another" in case:
        before = known["4 of 9 images"]
        same = np.array_equal(before["images"], images) and np.array_equal(
            before["captions"], matrix
        )
        facts["the batch is the same as the first"] = bool(same)
    return facts


def _facts_of_many(value, case, known):
    """Image number i of the probe's nine has 1 + i % 4 captions."""
    pairs = value["image and first number"]
    images, places = pairs[..., 0].ravel(), (pairs[..., 1].ravel() - 2) % 10
    seen = {image: set(places[images == image]) for image in range(9)}
    of_four = places[np.isin(images, (3, 7))]
    return {
        "every image comes": all(seen.values()),
        "every caption of an image comes": all(len(seen[i]) == 1 + i % 4 for i in seen),
        "captions of an image are equally probable": bool(
            2 * np.sum(of_four == 0) < len(of_four)  # a quarter is right, of about 70
        ),
    }


generate_batch = new_check(__name__, points=2, properties=_facts_of_batches)


def _batch(
    embeddings, captions, size, rng, max_len, rows=None, place=None, pad=PAD_ID, shuffle=None
):
    """Return a batch, with changes."""
    rows = rng.choice(len(embeddings), size, replace=False) if rows is None else rows(rng)
    place = place or (lambda of_image: rng.integers(len(of_image)))
    other = rows if shuffle is None else shuffle(rows)
    chosen = [captions[row][place(captions[row])] for row in other]
    return embeddings[rows], padded_matrix(chosen, pad, num_columns(chosen, max_len))


@generate_batch.mistake("It always takes the first images; draw them at random.")
def first_images(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len,
        rows=lambda rng: np.arange(batch_size),
    )  # fmt: skip


@generate_batch.mistake("It always takes an image's first caption; draw one of them.")
def first_captions(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len, place=lambda of_image: 0
    )


@generate_batch.mistake(
    "Images and captions are drawn apart, so a caption describes another image than its row's."
)
def drawn_apart(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len,
        shuffle=lambda rows: (rows + 1) % len(images_embeddings),
    )  # fmt: skip


@generate_batch.mistake("An image comes twice in a batch: draw without replacement.")
def with_replacement(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(
        images_embeddings, indexed_captions, batch_size, rng, max_len,
        rows=lambda rng: rng.integers(len(images_embeddings), size=batch_size),
    )  # fmt: skip


@generate_batch.mistake("Chance comes from `rng` alone; `np.random` is another generator.")
def other_generator(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rng = np.random.default_rng(np.random.randint(2**31))
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)


@generate_batch.mistake("Padding has the number 1; you padded with 0, which is #END#.")
def batch_padded_with_zero(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len, pad=0)


@generate_batch.mistake("max_len isn't passed on: longer captions are cut.")
def batch_never_cut(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(images_embeddings, indexed_captions, batch_size, rng, None)


@generate_batch.mistake("It returns all images, not those of the batch.")
def all_images(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    _, matrix = _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)
    return images_embeddings, matrix


@generate_batch.mistake("The images come first in the pair, then the captions.")
def captions_first(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)[::-1]


@generate_batch.alternative
def by_permutation(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.permutation(len(images_embeddings))[:batch_size]
    places = rng.random(batch_size)
    chosen = [
        indexed_captions[row][int(place * len(indexed_captions[row]))]
        for row, place in zip(rows, places)
    ]
    return images_embeddings[rows], by_keras(chosen, 1, max_len)


@generate_batch.alternative
def row_by_row(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    left, images, captions = list(range(len(images_embeddings))), [], []
    for _ in range(batch_size):
        row = left.pop(int(rng.integers(len(left))))
        images.append(images_embeddings[row])
        options = indexed_captions[row]
        captions.append(options[int(rng.choice(len(options)))])
    return np.stack(images), number_by_number(captions, PAD_ID, max_len)
