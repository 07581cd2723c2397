"""First names, with or without classes, or a small synthetic list."""

import zipfile
from dataclasses import replace
from functools import partial

import numpy as np

from ..download.cache import fetch
from .bounded import at_most
from .choice import real_or_synthetic
from .records import Names
from .split import split_80_10_10
from .synthetic_names import make_names

SEED = 42


def fetch_names(classes=False, most=None):
    """Return unique names in three parts, and with `classes` the class of each.

    Without classes: the 7,579 distinct names in names.txt, sorted, in the order of
    `RandomState(42).permutation`; the first tenth (757) is the test part, the next tenth the
    validation part. With classes: names given to girls or to boys, but not to both, split the same
    way. Synthetic: eight hundred names in four classes. Kantrowitz and Ross (1994).
    most: as for `bounded`.
    """
    if classes:
        return bounded(real_or_synthetic("classes", _fetch_classes, make_names), most)
    return bounded(real_or_synthetic("names", _fetch, make_names), most)


def bounded(data, most):
    """Return Names with no more names than a lesson has time for, evenly spread over each part.

    most: (int, int), the most training names, and the most of either other part; or None for all.
    If that leaves names out, the source says how many of how many are there.
    """
    if most is None:
        return data
    fields, kept, total = {}, 0, 0
    for part, limit in (("train", most[0]), ("val", most[1]), ("test", most[1])):
        names, labels = getattr(data, f"names_{part}"), getattr(data, f"y_{part}")
        short = at_most(limit, names)
        fields[f"names_{part}"] = short
        fields[f"y_{part}"] = at_most(limit, labels) if len(labels) else labels
        kept, total = kept + len(short), total + len(names)
    if kept < total:
        fields["source"] = f"{data.source}; {kept:,} of {total:,} names"
    return replace(data, **fields)


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
