"""Captions as a padded matrix, as wrong and right answers build it."""

import numpy as np


def padded_matrix(
    batch_captions, pad_idx, max_len=None, measure=max, limit=min,
    cut=lambda caption, columns: caption[:columns], padding=None, pad_first=False,
    finish=lambda matrix: matrix,
):  # fmt: skip
    """Return captions as a matrix, with changes.

    measure: from the lengths of all captions to the columns that they need; limit: function
    (needed columns, max_len) -> columns. padding: the number that pads, if it isn't pad_idx.
    """
    columns = measure(map(len, batch_captions))
    columns = columns if max_len is None else limit(columns, max_len)
    rows = []
    for caption in batch_captions:
        kept = cut(caption, columns)
        empty = [pad_idx if padding is None else padding] * (columns - len(kept))
        rows.append(empty + kept if pad_first else kept + empty)
    return finish(np.array(rows, "int32"))
