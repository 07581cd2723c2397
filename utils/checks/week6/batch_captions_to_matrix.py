"""Check of `batch_captions_to_matrix`: points, the mistakes people make, sound variants."""

import keras
import numpy as np

from ..check import new_check
from ._caption_matrix import num_columns, padded_matrix

batch_captions_to_matrix = new_check(__name__)


@batch_captions_to_matrix.mistake("Padding comes behind the caption, not before it.")
def padded_before(batch_captions, pad_idx, max_len=None):
    columns = num_columns(batch_captions, max_len)
    rows = [row[:columns] for row in batch_captions]
    return padded_matrix([[pad_idx] * (columns - len(row)) + row for row in rows], pad_idx, columns)


@batch_captions_to_matrix.mistake("Padding is 0 in yours; it is whatever pad_idx says.")
def padded_with_zero(batch_captions, pad_idx, max_len=None):
    return padded_matrix(batch_captions, 0, num_columns(batch_captions, max_len))


@batch_captions_to_matrix.mistake("A long caption is cut behind: keep its first numbers.")
def cut_in_front(batch_captions, pad_idx, max_len=None):
    columns = num_columns(batch_captions, max_len)
    return padded_matrix([row[-columns:] for row in batch_captions], pad_idx, columns)


@batch_captions_to_matrix.mistake(
    "max_len is the most that is allowed; where all captions are shorter, there are fewer columns."
)
def always_max_len(batch_captions, pad_idx, max_len=None):
    columns = num_columns(batch_captions, None) if max_len is None else max_len
    return padded_matrix(batch_captions, pad_idx, columns)


@batch_captions_to_matrix.mistake("max_len isn't used: longer captions are cut.")
def never_cut(batch_captions, pad_idx, max_len=None):
    return padded_matrix(batch_captions, pad_idx, num_columns(batch_captions, None))


@batch_captions_to_matrix.mistake("Numbers of tokens are integers: give the matrix such a dtype.")
def as_floats(batch_captions, pad_idx, max_len=None):
    return padded_matrix(batch_captions, pad_idx, num_columns(batch_captions, max_len), float)


@batch_captions_to_matrix.mistake("Captions are rows; your matrix is transposed.")
def transposed(batch_captions, pad_idx, max_len=None):
    return padded_matrix(batch_captions, pad_idx, num_columns(batch_captions, max_len)).T


@batch_captions_to_matrix.mistake(
    "There are as many columns as the shortest caption has; short ones are padded, and the longest "
    "decides."
)
def as_the_shortest(batch_captions, pad_idx, max_len=None):
    columns = min(map(len, batch_captions))
    columns = columns if max_len is None else min(columns, max_len)
    return padded_matrix(batch_captions, pad_idx, columns)


@batch_captions_to_matrix.alternative
def by_keras(batch_captions, pad_idx, max_len=None):
    return keras.utils.pad_sequences(
        batch_captions, num_columns(batch_captions, max_len), padding="post", truncating="post",
        value=pad_idx,
    )  # fmt: skip


@batch_captions_to_matrix.alternative
def number_by_number(batch_captions, pad_idx, max_len=None):
    columns = max(len(caption) for caption in batch_captions)
    if max_len is not None and max_len < columns:
        columns = max_len
    matrix = np.zeros((len(batch_captions), columns), dtype=int) + pad_idx
    for i, caption in enumerate(batch_captions):
        for j in range(min(len(caption), columns)):
            matrix[i, j] = caption[j]
    return matrix
