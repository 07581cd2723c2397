"""What the data sets return: frozen records of arrays, the same for real and synthetic data.

Every record says in `source` where its data come from, and in `synthetic` whether they are a
small stand-in. Parts never overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


class Record:
    """What all records share."""

    @property
    def embedded(self):
        """The old name of `synthetic`, for notebooks from the last release."""
        return self.synthetic


@dataclass(frozen=True)
class LabelledImages(Record):
    """Images in three parts, with integer labels.

    x_train, x_val, x_test: sequences of uint8 images of shape (H, W, C), an array
    (n, H, W, C) if all have one size and fit into memory; C is 1 or 3, values 0 to 255.
    y_train, y_val, y_test: (n,) int64 labels, 0 to num_classes − 1. class_names: one str per label.
    """

    x_train: Sequence
    y_train: np.ndarray
    x_val: Sequence
    y_val: np.ndarray
    x_test: Sequence
    y_test: np.ndarray
    class_names: tuple
    source: str
    synthetic: bool = False

    @property
    def num_classes(self):
        """The number of classes."""
        return len(self.class_names)


@dataclass(frozen=True)
class Faces(Record):
    """Faces in three parts, with attributes where they exist.

    x_train, x_val, x_test: (n, H, W, 3) uint8, 0 to 255. a_train, a_val, a_test: (n, k) int64,
    0 or 1, one column per attribute (k = 0 if the set has none). attribute_names: k str.
    """

    x_train: np.ndarray
    a_train: np.ndarray
    x_val: np.ndarray
    a_val: np.ndarray
    x_test: np.ndarray
    a_test: np.ndarray
    attribute_names: tuple
    source: str
    synthetic: bool = False


@dataclass(frozen=True)
class Names(Record):
    """Unique names in three parts. y_*: (n,) int64 classes, or empty if the set has none."""

    names_train: list
    y_train: np.ndarray
    names_val: list
    y_val: np.ndarray
    names_test: list
    y_test: np.ndarray
    class_names: tuple
    source: str
    synthetic: bool = False


@dataclass(frozen=True)
class TaggedSentences(Record):
    """Sentences in three parts: each a list of (word, tag) pairs. tag_names: sorted, universal."""

    train: list
    val: list
    test: list
    tag_names: tuple
    source: str
    synthetic: bool = False


@dataclass(frozen=True)
class Corpus(Record):
    """Running text as one list of lower-case words.

    neighbours: {word: list of the words that should be nearest}; analogies: list of (a, b, c, d),
    a is to b as c is to d. Both are planted in the synthetic corpus, and empty in a real one.
    """

    tokens: list
    source: str
    synthetic: bool = False
    neighbours: dict = field(default_factory=dict)
    analogies: list = field(default_factory=list)


@dataclass(frozen=True)
class CaptionedImages(Record):
    """Images in three parts, each with several captions.

    x_*: sequences of uint8 images (H, W, 3); captions_*: a list of str per image; names_*: its
    file's name; attributes_*: a dict of what it shows, empty unless the scenes are synthetic.
    """

    x_train: Sequence
    captions_train: list
    names_train: list
    x_val: Sequence
    captions_val: list
    names_val: list
    x_test: Sequence
    captions_test: list
    names_test: list
    attributes_train: list
    attributes_val: list
    attributes_test: list
    source: str
    synthetic: bool = False
