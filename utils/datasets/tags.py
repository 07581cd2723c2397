"""Sentences with part-of-speech tags: the Brown corpus, or synthetic sentences."""

import zipfile

import numpy as np

from ..download.cache import fetch
from .choice import real_or_synthetic
from .records import TaggedSentences
from .split import split_80_10_10
from .synthetic_tags import make_tagged_sentences

SEED = 42
UNKNOWN = "X"


def fetch_tagged_sentences():
    """Return sentences as lists of (word, tag), with the twelve universal tags.

    The unique sentences of the Brown corpus in the order of `default_rng(42)`: eight tenths are the
    training part, one tenth each validation and test. Words are in lower case. Synthetic:
    sentences from a small grammar, in which many words have several tags. Francis and Kučera
    (1964); tags by Petrov, Das and McDonald (2012).
    """
    return real_or_synthetic("tags", _fetch, make_tagged_sentences)


def _fetch():
    with zipfile.ZipFile(fetch("universal_tagset.zip")) as archive:
        universal = _read_map(archive.read("universal_tagset/en-brown.map").decode("utf-8"))
    sentences = {}
    with zipfile.ZipFile(fetch("brown.zip")) as archive:
        for name in sorted(archive.namelist()):
            # The texts are called ca01 to cr09; the folder holds a few other files.
            stem = name.rpartition("/")[2]
            if len(stem) == 4 and stem[0] == "c" and stem[2:].isdigit():
                for line in archive.read(name).decode("utf-8").splitlines():
                    sentence = tuple(_pair(item, universal) for item in line.split())
                    if sentence:
                        sentences[sentence] = None  # a dict: each once, in order
    unique = list(sentences)
    order = np.random.default_rng(SEED).permutation(len(unique))
    train, val, test = ([list(unique[i]) for i in rows] for rows in split_80_10_10(order))
    tags = tuple(sorted(set(universal.values()) | {UNKNOWN}))
    source = "Brown corpus (Francis and Kučera 1964), universal tags"
    return TaggedSentences(train, val, test, tags, source)


def _read_map(text):
    """Return {Brown tag: universal tag} of a table with one pair per line."""
    return dict(line.split("\t") for line in text.splitlines() if "\t" in line)


def _pair(item, universal):
    """Return (word, universal tag) of 'Fulton/np-tl'."""
    word, _, tag = item.rpartition("/")
    tag = tag.upper()
    plain = tag.removesuffix("-HL").removesuffix("-TL").removesuffix("-NC")
    return word.lower(), universal.get(tag, universal.get(plain, UNKNOWN))
