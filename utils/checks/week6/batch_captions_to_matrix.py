"""Check of `batch_captions_to_matrix`: where to pad and to cut, and the number of columns."""

import keras
import numpy as np

from ..check import new_check
from ._caption_matrix import padded_matrix

batch_captions_to_matrix = new_check(__name__)


batch_captions_to_matrix.add_mistakes(
    padded_matrix,
    {
        "Padding comes after the caption, not before it.": {"pad_first": True},
        "You padded with 0; pad_idx is the number of padding.": {"padding": 0},
        "A long caption is cut at its end: keep its first numbers.": {
            "cut": lambda caption, columns: caption[-columns:]
        },
        "max_len is the most that is allowed; where all captions are shorter, there are fewer "
        "columns.": {"limit": lambda longest, max_len: max_len},
        "max_len isn't used: longer captions must be cut.": {
            "limit": lambda longest, max_len: longest
        },
        "Token numbers are integers: give the matrix an integer dtype.": {
            "finish": lambda matrix: matrix.astype(float)
        },
        "Captions are rows; your matrix is transposed.": {"finish": np.transpose},
        "Your matrix has as many columns as the shortest caption; the longest one decides, and "
        "shorter ones are padded.": {"measure": min},
    },
)


@batch_captions_to_matrix.alternative
def by_keras(batch_captions, pad_idx, max_len=None):
    padded = keras.utils.pad_sequences(batch_captions, padding="post", value=pad_idx)
    return padded[:, :max_len]


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
