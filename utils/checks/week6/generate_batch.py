"""Check of `generate_batch`: a draw of images, and the caption that is drawn with each."""

import numpy as np

from ..check import new_check
from ..probes.week6._captions import PAD_ID
from ._caption_matrix import padded_matrix
from ._drawn_batches import drawn_batches
from ._wrong_caption_batches import (
    APART,
    FIRST_ALONE,
    NEVER_FIRST,
    NEVER_LAST,
    NOT_CUT,
    ONE_NUMBER,
    ROWS,
    START_ALONE,
    TWICE,
)  # fmt: skip
from .batch_captions_to_matrix import by_keras, number_by_number

OTHER_RNG = "Draw from `rng` alone; `np.random` is another generator."
OWN_RNG = (
    "You made a generator of your own, which draws the same in each call: draw from the `rng` that "
    "you are given."
)
PAD_1 = "Padding has the number 1: give that to batch_captions_to_matrix."
NOT_ALL = "Some images are never drawn: draw from all, `len(images_embeddings)` of them."
RAGGED = (
    "`rng.choice` makes an array of the captions, which have different lengths: draw a number "
    "below `len(indexed_captions[row])`, and take the caption of that number."
)
SHUFFLED = (
    "You shuffled the caller's captions in place, so the data change: draw a number, and take the "
    "caption of that number."
)


def _of_places(ours, _):
    known = {"0": FIRST_ALONE, "0, 1, 2": NEVER_LAST, "1, 2, 3": NEVER_FIRST}
    return known.get(ours)


generate_batch = new_check(
    __name__,
    points=2,
    properties=drawn_batches,
    sentences={
        "captions belong to their images": APART,
        "the images of a batch are different": TWICE,
        "captions are whole": "A caption comes as it stands in the data, from its first number on.",
        "padding has the number 1": PAD_1,
        "there are as many columns as the longest caption has": (
            "The longest caption that was drawn decides the number of columns."
        ),
        "there are as many columns as the longest caption has, but at most 3": NOT_CUT,
        "the batch is the same as the first": OTHER_RNG,
        "every image occurs": NOT_ALL,
        "which of four captions are drawn": _of_places,
        "captions of an image are equally probable": (
            "The captions of an image aren't equally probable: draw a number below their count, by "
            "`rng.integers`."
        ),
        "images are drawn one by one": START_ALONE,
        "captions of a batch are drawn one by one": ONE_NUMBER,
    },
)


def _batch(
    images_embeddings, indexed_captions, batch_size, rng, max_len=None, pad=PAD_ID, cut=True,
    draw=lambda rng, count, size: rng.choice(count, size, replace=False), shift=0,
    place=lambda rng, count: rng.integers(count), take=lambda images, rows: images[rows],
    draws_once=False, sorts=False,
):  # fmt: skip
    """Return a batch, with changes.

    shift: int, rows from an image to its caption; sorts: whether the images come in the order of
    the data, and the captions as they were drawn.
    """
    count = len(images_embeddings)
    rows = draw(rng, count, batch_size)
    options = [indexed_captions[(row + shift) % count] for row in rows]
    if draws_once:  # for all captions
        number = rng.integers(12)
        chosen = [captions[number % len(captions)] for captions in options]
    else:
        chosen = [captions[place(rng, len(captions))] for captions in options]
    return take(images_embeddings, np.sort(rows) if sorts else rows), padded_matrix(
        chosen, pad, max_len if cut else None
    )


generate_batch.add_mistakes(_batch, ROWS)


@generate_batch.mistake(OWN_RNG)
def own_generator(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rng = np.random.default_rng(0)
    return _batch(images_embeddings, indexed_captions, batch_size, rng, max_len)


@generate_batch.mistake(RAGGED)
def choice_of_captions(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    chosen = [list(rng.choice(indexed_captions[row])) for row in rows]
    return images_embeddings[rows], padded_matrix(chosen, PAD_ID, max_len)


@generate_batch.mistake(SHUFFLED)
def shuffled_in_place(images_embeddings, indexed_captions, batch_size, rng, max_len=None):
    rows = rng.choice(len(images_embeddings), batch_size, replace=False)
    for row in rows:
        rng.shuffle(indexed_captions[row])
    chosen = [indexed_captions[row][0] for row in rows]
    return images_embeddings[rows], padded_matrix(chosen, PAD_ID, max_len)


@generate_batch.mistake(OTHER_RNG)
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
