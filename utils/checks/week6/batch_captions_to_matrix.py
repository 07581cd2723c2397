"""Check of `batch_captions_to_matrix`: where to pad and to cut, and the number of columns."""

import keras
import numpy as np

from ..check import new_check
from ._caption_matrix import kept_end, padded_matrix


def _with_dtype(evidence):
    """Add each matrix's dtype, which the text prescribes, to it."""
    return [{**seen, "value": _facts(seen["value"])} for seen in evidence]


def _facts(value):
    if value is None:
        return None
    dtype = np.asarray(value).dtype if isinstance(value, (np.ndarray, np.generic)) else None
    kind = dtype.name if dtype is not None and dtype.kind in "iu" else "no integers"
    return {"matrix": value, "its dtype": kind}


def _of_dtype(ours, _):
    because = ", NumPy's default for whole numbers" if ours == "int64" else ""
    return f'Your matrix is {ours}{because}; the text asks for int32: make it with dtype="int32".'


batch_captions_to_matrix = new_check(
    __name__,
    properties=_with_dtype,
    sentences={
        "its dtype": _of_dtype,
    },
)

LAST = "A long caption is cut at its end: keep its first numbers."
NONE = "max_len is None where there is no limit: ask for that before you compare it with a number."
MODIFIED = "You changed the caller's captions: `append` and `+=` do that to a list. Make new lists."

batch_captions_to_matrix.add_mistakes(
    padded_matrix,
    [
        ("Padding comes after the caption, not before it.", {"pad_first": True}),
        ("You padded with 0; pad_idx is the number of padding.", {"padding": 0}),
        ("You padded with 1; pad_idx is the number of padding.", {"padding": 1}),
        ("You padded with -1; pad_idx is the number of padding.", {"padding": -1}),
        (
            "You padded with the last number of each caption; pad_idx is the number of padding.",
            {"padding": "last"},
        ),
        (LAST, {"cut": lambda caption, columns: caption[-columns:] if columns else []}),
        (LAST, {"cut": lambda caption, columns: caption[max(0, len(caption) - columns) :]}),
        (
            "You kept the last number of a caption that is cut; keep its first max_len numbers as "
            "they are.",
            {"cut": lambda caption, columns: kept_end(caption, columns, caption[-1:])},
        ),
        (
            "You put the end at the end of a caption that is cut; keep its first max_len numbers "
            "as they are.",
            {"cut": lambda caption, columns: kept_end(caption, columns, [0])},
        ),
        (
            "max_len is the most that is allowed; where all captions are shorter, there are fewer "
            "columns.",
            {"limit": lambda longest, max_len: max_len},
        ),
        (
            "You took the larger one of max_len and the longest caption; take the smaller one.",
            {"limit": max},
        ),
        (
            "max_len isn't used: longer captions must be cut.",
            {"limit": lambda longest, max_len: longest},
        ),
        (
            "One number too few is kept: a caption may have max_len of them.",
            {"limit": lambda longest, max_len: min(longest, max_len - 1)},
        ),
        (
            "One number too few is kept: a caption may have max_len of them.",
            {"limit": lambda longest, max_len: longest if longest < max_len else max_len - 1},
        ),
        (
            "One number too many is kept: a caption may have max_len of them at most.",
            {"limit": lambda longest, max_len: min(longest, max_len + 1)},
        ),
        (NONE, {"limit": min, "asks": False}),
        (NONE, {"limit": lambda longest, max_len: min(max_len, longest), "asks": False}),
        (NONE, {"limit": lambda n, most: most if n > most else n, "asks": False}),
        (
            "Token numbers are integers: give the matrix an integer dtype.",
            {"finish": lambda matrix: matrix.astype(float)},
        ),
        ("Captions are rows; your matrix is transposed.", {"finish": np.transpose}),
        (
            'This is a list of lists; return a NumPy array, by np.array(…, dtype="int32").',
            {"finish": np.ndarray.tolist},
        ),
        (
            "Your matrix has no rows and columns: return it as (number of captions, columns).",
            {"finish": np.ravel},
        ),
        (
            "Your matrix has as many columns as the shortest caption; the longest one decides, and "
            "shorter ones are padded.",
            {"measure": min},
        ),
        (
            "Your matrix has as many columns as the first caption; the longest one decides.",
            {"measure": lambda lengths: next(iter(lengths))},
        ),
        (
            "Your matrix has one column too many: the longest caption decides, and needs no "
            "padding.",
            {"measure": lambda lengths: max(lengths) + 1},
        ),
        (
            "Zeros in the captions are overwritten by pad_idx: 0 is a number like any other. Begin "
            "with a matrix full of pad_idx instead.",
            {"padding": 0, "replaces": True},
        ),
    ],
)


@batch_captions_to_matrix.mistake(
    "Cut each caption to the number of columns before you write it into its row."
)
def not_cut(batch_captions, pad_idx, max_len=None):
    columns = max(map(len, batch_captions))
    columns = columns if max_len is None else min(columns, max_len)
    matrix = np.full((len(batch_captions), columns), pad_idx, "int32")
    for row, caption in zip(matrix, batch_captions):
        row[: len(caption)] = caption
    return matrix


@batch_captions_to_matrix.mistake(
    "A long caption is cut, not left out: keep its first max_len numbers."
)
def long_ones_left_out(batch_captions, pad_idx, max_len=None):
    kept = [c for c in batch_captions if max_len is None or len(c) <= max_len]
    return padded_matrix(kept, pad_idx)


@batch_captions_to_matrix.mistake(
    "The captions have different lengths, so they make no matrix yet: pad the shorter ones first."
)
def not_padded(batch_captions, pad_idx, max_len=None):
    return np.array([caption[:max_len] for caption in batch_captions], dtype="int32")


@batch_captions_to_matrix.mistake(MODIFIED)
def padded_in_place(batch_captions, pad_idx, max_len=None):
    columns = max(map(len, batch_captions))
    columns = columns if max_len is None else min(columns, max_len)
    for caption in batch_captions:
        caption += [pad_idx] * (columns - len(caption))
    return np.array([caption[:columns] for caption in batch_captions], "int32")


@batch_captions_to_matrix.mistake(MODIFIED)
def padded_and_cut_in_place(batch_captions, pad_idx, max_len=None):
    columns = max(map(len, batch_captions))
    columns = columns if max_len is None else min(columns, max_len)
    for caption in batch_captions:
        caption += [pad_idx] * (columns - len(caption))
        del caption[columns:]
    return np.array(batch_captions, "int32")


@batch_captions_to_matrix.alternative
def by_keras(batch_captions, pad_idx, max_len=None):
    padded = keras.utils.pad_sequences(batch_captions, padding="post", value=pad_idx)
    return padded[:, :max_len]


@batch_captions_to_matrix.alternative
def number_by_number(batch_captions, pad_idx, max_len=None):
    columns = max(len(caption) for caption in batch_captions)
    if max_len is not None and max_len < columns:
        columns = max_len
    matrix = np.zeros((len(batch_captions), columns), dtype=np.int32) + np.int32(pad_idx)
    for i, caption in enumerate(batch_captions):
        for j in range(min(len(caption), columns)):
            matrix[i, j] = caption[j]
    return matrix


@batch_captions_to_matrix.alternative
def by_unpadded_ends(batch_captions, pad_idx, max_len=None):
    """Fill what is left of each row; longer ones are cut by the shape of a slice."""
    longest = max(map(len, batch_captions))
    shape = len(batch_captions), longest if max_len is None else min(longest, max_len)
    matrix = np.empty(shape, np.int32)
    for row, caption in zip(matrix, batch_captions):
        caption = tuple(caption)[: len(row)]
        row[: len(caption)], row[len(caption) :] = caption, pad_idx
    return matrix
