"""Eight hundred given and family names of four origins: the stand-in for longer lists."""

import csv

import numpy as np

from ..config import ROOT
from .records import Names

NAMES_FILE = ROOT / "data" / "names_synthetic.txt"


def read_names(path=NAMES_FILE):
    """Read a list of names and the class of each.

    path: a text file with the heading `name,class` and one name per line.
    Returns names, a list of n str, and classes, a list of n str, in the file's order.
    """
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["name"] for row in rows], [row["class"] for row in rows]


def split_by_class(labels, rng, fraction=0.1):
    """Split positions into three parts with the same proportions of classes.

    labels: (n,) int. rng: numpy.random.Generator. fraction: float, the share of each class that
    goes to the validation part, and again to the test part; at least one item of each class.
    Returns three (m,) int64 arrays of positions, 0 to n − 1, in random order: train, val, test.
    """
    parts = [], [], []
    for label in np.unique(labels):
        positions = rng.permutation(np.flatnonzero(labels == label))
        n_held = max(1, round(fraction * len(positions)))
        cuts = [len(positions) - 2 * n_held, len(positions) - n_held]
        for part, piece in zip(parts, np.split(positions, cuts)):
            part.append(piece)
    # Without this shuffle each part would list one class after the other.
    return tuple(rng.permutation(np.concatenate(part)) for part in parts)


def make_names(seed=0):
    """Return the names, split at random into 80 % train, 10 % val and 10 % test.

    seed: int; decides only the split; the names are always the same 800.
    Returns Names: the lists hold capitalised str of plain letters, 3 to 14 characters long, every
    name once (ignoring case); the labels are int64, 0 to 3, an equal number of each class
    in each part: German, Greek, Italian and Japanese.
    """
    names, classes = read_names()
    class_names = tuple(sorted(set(classes)))
    labels = np.array([class_names.index(name) for name in classes], dtype=np.int64)
    train, val, test = split_by_class(labels, np.random.default_rng(seed))
    return Names(
        names_train=[names[i] for i in train],
        y_train=labels[train],
        names_val=[names[i] for i in val],
        y_val=labels[val],
        names_test=[names[i] for i in test],
        y_test=labels[test],
        class_names=class_names,
        source="synthetic names of this course (data/names_synthetic.txt)",
        synthetic=True,
    )
