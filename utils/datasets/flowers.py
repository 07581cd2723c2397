"""Oxford Flowers-102, or synthetic flowers."""

from dataclasses import replace

import numpy as np
from scipy.io import loadmat

from ..config import ROOT
from ..download import unpack
from ..download.cache import fetch
from .bounded import at_most
from .choice import real_or_synthetic
from .images import ImageFiles
from .records import LabelledImages
from .synthetic_flowers import make_flowers

NUM_VAL_PER_CLASS = 2
NUM_CLASSES = 102
PARTS = {"train": "training", "val": "validation", "test": "test"}
NAMES_FILE = ROOT / "data" / "flower_names.txt"  # the species, in the order of their labels


def fetch_flowers(most=None):
    """Return Flowers-102 as LabelledImages: ImageFiles of various sizes; labels 0 to 101.

    With the publisher's whole archive the parts are the official ones: 1,020 training, 1,020
    validation and 6,149 test images. If the test images are missing, the official validation part
    stands in for the test part, and two of each class's ten training images are the validation
    part; `source` says so. Images missing from the archive are left out and counted. Synthetic:
    drawn flowers of eight species. Nilsback and Zisserman (2008).

    most: None for all, or three ints: at most so many training, validation and test images, evenly
    spread over each part; `source` says how many of how many.
    """
    flowers = real_or_synthetic("flowers", _fetch, make_flowers)
    return flowers if most is None else _bounded(flowers, most)


def _bounded(flowers, most):
    """Return a record with at most so many images in its parts. most: three ints."""
    parts, notes = {}, []
    for part, number in zip(("train", "val", "test"), most, strict=True):
        images, labels = getattr(flowers, f"x_{part}"), getattr(flowers, f"y_{part}")
        if number < len(labels):
            parts[f"x_{part}"], parts[f"y_{part}"] = at_most(number, images, labels)
            notes.append(f"; {number:,} of {len(labels):,} {PARTS[part]} images are used")
    return replace(flowers, source=flowers.source + "".join(notes), **parts)


def _fetch():
    labels = loadmat(fetch("imagelabels.mat"))["labels"].ravel().astype(np.int64) - 1
    split = loadmat(fetch("setid.mat"))
    folder = unpack("102flowers.tgz") / "jpg"
    parts = {name: split[name].ravel() for name in ("trnid", "valid", "tstid")}
    here = {
        name: np.array([i for i in ids if (folder / f"image_{i:05d}.jpg").is_file()], int)
        for name, ids in parts.items()
    }
    missing = sum(len(parts[name]) - len(here[name]) for name in parts)
    train, val, test = here["trnid"], here["valid"], here["tstid"]
    source = "Oxford Flowers-102 (Nilsback and Zisserman 2008), official split"
    if len(test) == 0:
        train, val, test = *_hold_out(train, labels), val
        source += "; its validation part stands in for the test part"
    if missing:
        source += f"; {missing:,} images missing from the archive are left out"
        print(f"Flowers-102: {missing:,} of {len(labels):,} images are missing from the archive.")

    def part(ids):
        return ImageFiles([folder / f"image_{i:05d}.jpg" for i in ids]), labels[ids - 1]

    names = NAMES_FILE.read_text(encoding="utf-8").splitlines()
    return LabelledImages(*part(train), *part(val), *part(test), tuple(names), source)


def _hold_out(ids, labels):
    """Hold out the last two ids of every class. Returns (kept, held out)."""
    held = np.concatenate(
        [ids[labels[ids - 1] == label][-NUM_VAL_PER_CLASS:] for label in range(NUM_CLASSES)]
    )
    return ids[~np.isin(ids, held)], held
