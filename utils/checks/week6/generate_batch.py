"""Check of `generate_batch`: a draw of images, and the caption that is drawn with each."""

from itertools import combinations

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
        if value is not None and "max_len" in facts:
            value = _facts_of_batch(value, **facts)
            if facts["is compared"]:
                value |= {"the batch is the same as the first": _same_batch(first, seen["value"])}
        elif value is not None and facts:
            value = _facts_of_many(value, **facts)
        result.append({**seen, "value": value})
    return result


def _facts_of_batch(batch, embeddings, captions, max_len, **_):
    images, matrix = batch["images"], batch["captions"]
    is_integer = matrix.dtype.kind in "iu"
    facts = {"shape of the images": list(images.shape), "captions are integers": is_integer}
    if images.shape[1:] != embeddings.shape[1:] or matrix.ndim != 2 or not is_integer:
        return facts | {"axes of the captions": matrix.ndim}
    rows, origins = _rows(images, embeddings), _origins(matrix, captions)
    chosen = [captions[image][place] for image, place in origins if image is not None]
    columns = max(map(len, chosen), default=0)
    kept = [caption[: matrix.shape[1]] for caption in chosen]
    pairs = list(zip(matrix.tolist(), kept))
    most = "" if max_len is None else f", but at most {max_len}"
    return facts | {
        "number of captions": len(matrix),
        "captions belong to their images": rows == [image for image, _ in origins],
        "the images of a batch are different": len(set(rows)) == len(rows),
        "captions are whole": all(row[: len(words)] == words for row, words in pairs),
        "padding has the number 1": all(set(row[len(words) :]) <= {PAD_ID} for row, words in pairs),
        f"there are as many columns as the longest caption has{most}": matrix.shape[1]
        == min(columns, max_len or columns),
    }


def _rows(images, embeddings):
    """Return which of the embeddings each image is, or -1."""
    if images.shape[1:] != embeddings.shape[1:]:
        return [-1] * len(images)
    same = (images[:, None] == embeddings).all(axis=2)
    return np.where(same.any(axis=1), same.argmax(axis=1), -1).tolist()


def _origins(matrix, captions):
    """Return whose caption each row is, and which: each has a first number of its own."""
    known = {
        caption[0]: (image, place)
        for image, of_image in enumerate(captions)
        for place, caption in enumerate(of_image)
    }
    return [known.get(number, (None, None)) for number in matrix[:, 0].tolist()]


def _same_batch(first, batch):
    return all(np.array_equal(first[part], batch[part]) for part in ("images", "captions"))


def _facts_of_many(batches, embeddings, captions):
    """Return what holds for many right batches; the chance that one of these fails is below 1e-5.

    Right ones have 40 or more different sets of images, and captions whose places are alike in
    about half of the pairs at most; images in a row, or one draw for all captions, are far from
    that.
    """
    sets = {frozenset(_rows(batch["images"], embeddings)) for batch in batches}
    drawn, alike = frozenset().union(*sets), _are_alike(batches, captions)
    origins = [pair for batch in batches for pair in _origins(batch["captions"], captions)]
    each = {(image, place) for image, some in enumerate(captions) for place in range(len(some))}
    four = [image for image, some in enumerate(captions) if len(some) == 4]
    of_four = [place for image, place in origins if image in four]
    return {
        "every image occurs": drawn == set(range(len(embeddings))),
        "images are drawn one by one": len(sets) > 2 * len(embeddings),
        "captions of a batch are drawn one by one": (
            len(set(of_four)) < 2 or 5 * alike.count(True) < 4 * len(alike)
        ),
        "which of four captions are drawn": ", ".join(map(str, sorted(set(of_four)))),
        "every caption of an image occurs": set(origins) == each,
        "captions of an image are equally probable": (
            2 * of_four.count(0) < len(of_four)  # a quarter is right, of 120 or so
        ),
    }


def _are_alike(batches, captions):
    """Return for each two images of a batch with so many captions whether theirs have one place."""
    pairs = []
    for batch in batches:
        known = [pair for pair in _origins(batch["captions"], captions) if pair[0] is not None]
        counted = [(len(captions[image]), place) for image, place in known]
        pairs += [a[1] == b[1] for a, b in combinations(counted, 2) if a[0] == b[0] > 1]
    return pairs


NEVER_LAST = (
    "The last caption of an image is never drawn: `rng.integers(k)` gives 0 to k − 1, so k is the "
    "number of captions itself."
)
NEVER_FIRST = "The first caption of an image is never drawn: numbers begin with 0."
FIRST_IMAGES = "It always takes the first images; draw them at random, from all."
FIRST_ALONE = "It always takes an image's first caption; draw one of them."
OTHER_RNG = "Draw from `rng` alone; `np.random` is another generator."
OWN_RNG = (
    "You made a generator of your own, which draws the same in each call: draw from the `rng` that "
    "you are given."
)
APART = (
    "Images and captions are drawn separately, so a caption describes a different image from the "
    "one in its row."
)
TWICE = "An image can occur twice in a batch: draw without replacement."
PAD_1 = "Padding has the number 1: give that to batch_captions_to_matrix."
NOT_ALL = "Some images are never drawn: draw from all, `len(images_embeddings)` of them."
START_ALONE = (
    "You draw only where a batch starts, and its images follow one another: draw each image."
)
ONE_NUMBER = "You draw one number for the captions of all images; draw one for each."
NOT_CUT = "max_len isn't passed on: longer captions must be cut."
TOO_LARGE = (
    "Your number may be too large: images have different numbers of captions, numbered from 0, so "
    "draw a number below `len(indexed_captions[row])`."
)
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
    properties=_drawn_properties,
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


generate_batch.add_mistakes(
    _batch,
    [
        (FIRST_IMAGES, {"draw": lambda rng, count, size: np.arange(size)}),
        (FIRST_ALONE, {"place": lambda rng, count: 0}),
        ("It always takes an image's last caption; draw one of them.", {"place": lambda r, n: -1}),
        (NEVER_LAST, {"place": lambda rng, count: rng.integers(max(1, count - 1))}),
        (NEVER_LAST, {"place": lambda rng, count: rng.integers(count - 1)}),
        (NEVER_FIRST, {"place": lambda rng, count: rng.integers(1, max(2, count)) % count}),
        (NEVER_FIRST, {"place": lambda rng, count: rng.integers(1, count)}),
        (TOO_LARGE, {"place": lambda rng, count: rng.integers(5)}),
        (TOO_LARGE, {"place": lambda rng, count: rng.integers(1, count + 1)}),
        (TOO_LARGE, {"place": lambda rng, count: rng.integers(count + 1)}),
        (FIRST_IMAGES, {"draw": lambda rng, n, size: rng.choice(size, size, replace=False)}),
        (START_ALONE, {"draw": lambda rng, n, size: (np.arange(size) + rng.integers(n)) % n}),
        (
            START_ALONE,
            {"draw": lambda rng, n, size: np.arange(size) + rng.integers(n - size + 1)},
        ),
        (ONE_NUMBER, {"draws_once": True}),
        (APART, {"shift": 1}),
        (APART, {"sorts": True}),
        (TWICE, {"draw": lambda rng, count, size: rng.integers(count, size=size)}),
        ("Padding has the number 1; you padded with 0, which is #END#.", {"pad": 0}),
        (NOT_CUT, {"cut": False}),
        (
            "It returns all images, not those of the batch.",
            {"take": lambda images, rows: images},
        ),
        (
            "It returns the numbers of the images; return the images themselves.",
            {"take": lambda images, rows: rows},
        ),
    ],
)


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
