"""Data of the publishers' sizes that mean nothing, for seconds alone: nothing can be downloaded.

Each function here takes the place of one that the notebooks import, and gives the same record.
"""

import numpy as np

from utils.datasets.encoders import _encoder
from utils.datasets.names import bounded
from utils.datasets.records import (
    CaptionedImages,
    Faces,
    LabelledImages,
    Names,
    TaggedSentences,
)

SOURCE = "made up, in the publisher's sizes"
FLOWERS, SPECIES = (1_020, 1_020, 6_149), 102
FACES = (10_586, 1_323, 1_324)
NAMES, CLASSES, CARDS = (6_065, 757, 757), (5_900, 737, 737), (19_000, 2_350, 2_350)
SENTENCES, TAGS, BROWN_WORDS = (45_000, 5_600, 5_600), 12, 26_000
PHOTOS, CAPTIONS, CAPTION_WORDS = (6_000, 1_000, 1_000), 5, 2_700
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))


class Data:
    """The functions, by the names under which the notebooks import them.

    share: float, of the publishers' sizes, for tests. cifar10: function without arguments that
    returns CIFAR-10, or what takes its place.
    """

    def __init__(self, cifar10, share=1.0):
        self.share, self.rng = share, np.random.default_rng(0)
        self.of_week = {
            3: {"fetch_cifar10": cifar10, "fetch_flowers": self.flowers,
                "pretrained_encoder": encoder},
            4: {"fetch_faces": self.faces},
            5: {"fetch_names": self.names, "fetch_names_and_cards": self.cards,
                "fetch_tagged_sentences": self.sentences},
            6: {"fetch_captioned_images": self.captions, "pretrained_encoder": encoder},
        }  # fmt: skip

    def _sizes(self, sizes):
        return [max(20, int(size * self.share)) for size in sizes]

    def _words(self, count, different):
        """Return words whose counts fall as those of a language do: the k-th comes 1/k as often."""
        numbers = (different ** self.rng.random(count)).astype(int)
        return np.char.add("w", numbers.astype(str))

    def flowers(self, most=None):
        """Return small pictures in Flowers-102's parts. most: as in the course."""
        sizes = [min(pair) for pair in zip(self._sizes(FLOWERS), most or FLOWERS)]
        parts = []
        for size in sizes:
            images = self.rng.integers(0, 256, (size, 48, 48, 3), dtype=np.uint8)
            parts += [images, np.arange(size) % SPECIES]
        return LabelledImages(*parts, tuple(map(str, range(SPECIES))), SOURCE)

    def faces(self):
        """Return noise in the parts of Labeled Faces in the Wild, 32×32, without attributes."""
        parts = []
        for size in self._sizes(FACES):
            images = self.rng.integers(0, 256, (size, 32, 32, 3), dtype=np.uint8)
            parts += [images, np.zeros((size, 0), np.int64)]
        return Faces(*parts, (), SOURCE)

    def _some_names(self, sizes, num_classes, longest):
        parts = []
        for size in self._sizes(sizes):
            lengths = self.rng.integers(3, longest, size)
            letters = self.rng.choice(LETTERS, (size, longest))
            names = ["".join(row[:length]) for row, length in zip(letters, lengths)]
            parts += [names, np.arange(size) % max(1, num_classes)]
        return Names(*parts, tuple(map(str, range(num_classes))), SOURCE)

    def names(self, classes=False, most=None):
        """Return made-up first names. classes, most: as in the course."""
        return bounded(self._some_names(CLASSES if classes else NAMES, 2 * classes, 12), most)

    def cards(self, most=None):
        """Return made-up names of two classes."""
        return bounded(self._some_names(CARDS, 2, 24), most)

    def sentences(self):
        """Return sentences of twenty words in the Brown corpus's parts."""
        tags, parts = [f"T{number}" for number in range(TAGS)], []
        for size in self._sizes(SENTENCES):
            words = self._words(20 * size, BROWN_WORDS).reshape(size, 20).tolist()
            parts.append([[(word, tags[len(word) % TAGS]) for word in row] for row in words])
        return TaggedSentences(*parts, tuple(tags), SOURCE)

    def captions(self, collection="flickr8k"):
        """Return black photos with five captions of eleven words, in Flickr8k's parts."""
        fields = []
        for size in self._sizes(PHOTOS):
            words = self._words(size * CAPTIONS * 11, CAPTION_WORDS)
            words = words.reshape(size, CAPTIONS, 11).tolist()
            texts = [[" ".join(row) for row in of_image] for of_image in words]
            fields += [np.zeros((size, 8, 8, 3), np.uint8), texts, [""] * size]
        nothing = [[{} for _ in fields[number]] for number in (2, 5, 8)]
        return CaptionedImages(*fields, *nothing, source=SOURCE)


def encoder(name="inception_v3", image_size=None):
    """Return an encoder with random weights that passes for a trained one."""
    from dataclasses import replace

    return replace(_encoder(name, image_size, None), synthetic=False)
