"""What holds for every right batch of `generate_batch`, however it was drawn."""

from itertools import combinations

import numpy as np

from ..probes.week6._captions import PAD_ID


def drawn_batches(evidence):
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
