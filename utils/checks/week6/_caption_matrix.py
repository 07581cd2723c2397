"""Captions as a padded matrix, as wrong and right answers build it."""

import numpy as np


def padded_matrix(
    batch_captions, pad_idx, max_len=None, measure=max, limit=min,
    cut=lambda caption, columns: caption[:columns], padding=None, pad_first=False,
    finish=lambda matrix: matrix, asks=True, replaces=False,
):  # fmt: skip
    """Return captions as a matrix, with changes.

    measure: from the lengths of all captions to the columns that they need; limit: function
    (needed columns, max_len) -> columns. padding: the number that pads, if it isn't pad_idx, or
    "last" for a caption's own last one. asks: whether max_len may be None. replaces: whether all
    numbers that are like the padding become pad_idx.
    """
    columns = measure(map(len, batch_captions))
    columns = columns if max_len is None and asks else limit(columns, max_len)
    rows = []
    for caption in batch_captions:
        kept = cut(caption, columns)
        number = pad_idx if padding is None or padding == "last" else padding
        number = caption[-1] if padding == "last" and caption else number
        empty = [number] * (columns - len(kept))
        rows.append(empty + kept if pad_first else kept + empty)
    matrix = np.array(rows, "int32")
    if replaces:
        matrix[matrix == padding] = pad_idx
    return finish(matrix)


def kept_end(caption, columns, end):
    """Return a caption that fits; where it must be cut, `end` takes the place of its last."""
    return caption if len(caption) <= columns else caption[: columns - 1] + end
