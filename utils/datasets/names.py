"""First names, with or without classes, or a small synthetic list."""

import zipfile
from functools import partial

import numpy as np

from ..download.cache import fetch
from .choice import real_or_synthetic
from .records import Names
from .split import split_80_10_10
from .synthetic_names import make_names

SEED = 42


def fetch_names(classes=False):
    """Return unique names in three parts, and with `classes` the class of each.

    Without classes: the 7,579 distinct names in names.txt, sorted, in the order of
    `RandomState(42).permutation`; the first tenth (757) is the test part, the next tenth the
    validation part. With classes: names given to girls or to boys, but not to both, split the same
    way. Synthetic: eight hundred names in four classes. Kantrowitz and Ross (1994).
    """
    if classes:
        return real_or_synthetic("classes", _fetch_classes, make_names)
    return real_or_synthetic("names", _fetch, make_names)


def _split(names, labels, class_names, source):
    fields = []
    for rows in split_80_10_10(np.random.RandomState(SEED).permutation(len(names))):
        fields += [[names[i] for i in rows], labels[rows] if len(labels) else labels]
    return Names(*fields, class_names=class_names, source=source)


def _fetch():
    # Lines as they are: one of them is "Gale " beside "Gale", and published figures count both.
    names = sorted(set(fetch("names.txt").read_text(encoding="utf-8").splitlines()) - {""})
    return _split(names, np.zeros(0, np.int64), (), "first names (Kantrowitz and Ross 1994)")


def _read_names(archive, name):
    lines = archive.read(f"names/{name}.txt").decode("utf-8").splitlines()
    return {line.strip() for line in lines} - {""}


def _fetch_classes():
    with zipfile.ZipFile(fetch("names.zip")) as archive:
        female, male = map(partial(_read_names, archive), ("female", "male"))
    names = sorted(female ^ male)
    labels = np.array([int(name in male) for name in names], np.int64)
    source = "first names with one class (Kantrowitz and Ross 1994)"
    return _split(names, labels, ("female", "male"), source)
