"""CIFAR-10 from two files of JPEGs, which are a ninth of the publisher's archive."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

from utils.datasets.records import LabelledImages

FILES = {"train": "cifar10_train_jpeg.npz", "test": "cifar10_test_jpeg.npz"}
NUM_VAL = 5_000  # images to choose by, as in the course
ORDER_SEED = 0  # the files' own order may say something of their labels


def read_part(path, most=None):
    """Return images, uint8 (n, 32, 32, 3), and labels, int64 (n,), of one file.

    path: an .npz with `blob`, the bytes of all JPEGs; `length`, the bytes of each; `label`; and
    `classes`. most: int, images at most, or None for all. They come in a fixed random order.
    Raises OSError or KeyError if the file isn't there, or isn't such a file.
    """
    with np.load(path) as packed:
        blob, lengths = packed["blob"].tobytes(), packed["length"].astype(np.int64)
        labels, names = packed["label"].astype(np.int64), tuple(map(str, packed["classes"]))
    ends = np.cumsum(lengths)
    rows = np.random.default_rng(ORDER_SEED).permutation(len(ends))[:most]

    def decode(row):
        with Image.open(io.BytesIO(blob[ends[row] - lengths[row] : ends[row]])) as image:
            return np.asarray(image.convert("RGB"))

    with ThreadPoolExecutor() as pool:
        images = np.stack(list(pool.map(decode, rows, chunksize=500)))
    return images, labels[rows], names


def read_cifar10(folder, most=None):
    """Return CIFAR-10 as LabelledImages, in the course's parts: 45,000, 5,000 and 10,000 images.

    folder: str or path that holds FILES. most: int, images of a file at most; then a tenth of the
    training images is the validation part. Raises OSError or KeyError as `read_part`.
    """
    x, y, names = read_part(Path(folder, FILES["train"]), most)
    x_test, y_test, _ = read_part(Path(folder, FILES["test"]), most)
    cut = len(x) - (NUM_VAL if most is None else len(x) // 10)
    parts = x[:cut], y[:cut], x[cut:], y[cut:], x_test, y_test
    return LabelledImages(*parts, class_names=names, source="CIFAR-10, once through JPEG")
