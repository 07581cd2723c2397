"""Check of `generate_batch`: a draw of images, and the caption that is drawn with each."""

import numpy as np

from ..check import new_check
from ..probes.week6._captions import PAD_ID
from ._caption_matrix import padded_matrix
from .batch_captions_to_matrix import by_keras, number_by_number


def _drawn_properties(evidence):
    """Replace random batches by what holds for every right one."""
    first, result = evidence[0]["value"], []
    for seen in evidence:
        value, facts = seen["value"], seen["facts"]
        if value is not None and "captions per image" in facts:
            value = _facts_of_many(value, facts["captions per image"])
        elif value is not None and "is cut" in facts:
            value = _facts_of_batch(value, facts["is cut"])
            if facts["is compared"]:
                value |= {"the batch is the same as the first": _same_batch(first, seen["value"])}
        result.append({**seen, "value": value})
    return result


def _facts_of_batch(batch, is_cut):
    """The probe's images and captions tell where they come from."""
    images, matrix = batch["images"], batch["captions"]
    facts = {"shape of the images": list(images.shape), "captions are integers": True}
    if images.ndim != 2 or matrix.ndim != 2 or matrix.dtype.kind not in "iu":
        is_integer = matrix.dtype.kind in "iu"
        return facts | {"captions are integers": is_integer, "axes of the captions": matrix.ndim}
    rows = np.floor(images.min(axis=1)).astype(int)
    first = matrix[:, :1]
    lengths = (matrix == first).sum(axis=1)
    facts |= {
        "number of captions": len(matrix),
        "captions belong to their images": np.array_equal((first[:, 0] - 2) // 10, rows),
        "the images of a batch are different": len(set(rows)) == len(rows),
        "padding has the number 1": bool((matrix[matrix != first] == PAD_ID).all()),
        "there are as many columns as the longest caption has": matrix.shape[1] == lengths.max(),
    }
    return facts | {"columns": matrix.shape[1]} if is_cut else facts


def _same_batch(first, batch):
    return all(np.array_equal(first[part], batch[part]) for part in ("images", "captions"))


def _facts_of_many(value, num_captions):
    pairs = value["image and first number"]
    images, places = pairs[..., 0].ravel(), (pairs[..., 1].ravel() - 2) % 10
    drawn = [set(places[images == image]) for image in range(len(num_captions))]
    of_four = places[np.isin(images, np.flatnonzero(np.equal(num_captions, 4)))]
    return {
        "every image occurs": all(drawn),
        "every caption of an image occurs": list(map(len, drawn)) == num_captions,
        "captions of an image are equally probable": bool(
            2 * np.sum(of_four == 0) < len(of_four)  # a quarter is right, of about 70
        ),
    }


generate_batch = new_check(__name__, points=2, properties=_drawn_properties)


def _batch(
    images_embeddings, indexed_captions, batch_size, rng, max_len=None, pad=PAD_ID, cut=True,
    draw=lambda rng, count, size: rng.choice(count, size, replace=False), shift=0,
    place=lambda rng, count: rng.integers(count), take=lambda images, rows: images[rows],
):  # fmt: skip
    """Return a batch, with changes. shift: int, rows from an image to its caption."""
    count = len(images_embeddings)
    rows = draw(rng, count, batch_size)
    options = [indexed_captions[(row + shift) % count] for row in rows]
    chosen = [captions[place(rng, len(captions))] for captions in options]
    return take(images_embeddings, rows), padded_matrix(chosen, pad, max_len if cut else None)


generate_batch.add_mistakes(
    _batch,
    {
        "It always takes the first images; draw them at random.": {
            "draw": lambda rng, count, size: np.arange(size)
        },
        "It always takes an image's first caption; draw one of them.": {
            "place": lambda rng, count: 0
        },
        "Images and captions are drawn separately, so a caption describes a different image "
        "from the one in its row.": {"shift": 1},
        "An image can occur twice in a batch: draw without replacement.": {
            "draw": lambda rng, count, size: rng.integers(count, size=size)
        },
        "Padding has the number 1; you padded with 0, which is #END#.": {"pad": 0},
        "max_len isn't passed on: longer captions must be cut.": {"cut": False},
        "It returns all images, not those of the batch.": {"take": lambda images, rows: images},
    },
)


@generate_batch.mistake("Draw from `rng` alone; `np.random` is another generator.")
def other_generator(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rng = np.random.default_rng(np.random.randint(2**31))
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)


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
