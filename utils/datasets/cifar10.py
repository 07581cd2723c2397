"""CIFAR-10, or synthetic objects."""

import pickle

import numpy as np

from ..download import unpack
from ..errors import CourseError
from .choice import real_or_synthetic
from .records import LabelledImages
from .synthetic_objects import make_objects

NUM_VAL = 5_000
FOLDER = "cifar-10-batches-py"


def fetch_cifar10():
    """Return CIFAR-10 as LabelledImages: uint8 (n, 32, 32, 3), 0 to 255; labels 0 to 9.

    Of the publisher's 50,000 training images the last 5,000 are the validation part, the others
    the training part; its 10,000 test images are the test part. Synthetic: drawn objects of ten
    classes. Krizhevsky (2009).
    """
    return real_or_synthetic("cifar10", _fetch, make_objects)


class _ArraysOnly(pickle.Unpickler):
    """Reads pickles of NumPy arrays, and refuses to call anything else that a file may name."""

    ALLOWED = {"_reconstruct", "ndarray", "dtype", "_frombuffer", "scalar", "encode"}

    def find_class(self, module, name):
        if name in self.ALLOWED and module.split(".")[0] in ("numpy", "_codecs"):
            return super().find_class(module, name)
        raise CourseError(f"A CIFAR-10 batch asks for {module}.{name}, which no batch needs.")


def _read(folder, name):
    with open(folder / name, "rb") as file:
        return _ArraysOnly(file, encoding="bytes").load()


def _batches(folder, names):
    batches = [_read(folder, name) for name in names]
    pixels = np.concatenate([batch[b"data"] for batch in batches])  # (n, 3072), channel by channel
    labels = np.concatenate([batch[b"labels"] for batch in batches]).astype(np.int64)
    return np.ascontiguousarray(pixels.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)), labels


def _fetch():
    folder = unpack("cifar-10-python.tar.gz") / FOLDER
    x, y = _batches(folder, [f"data_batch_{i}" for i in range(1, 6)])
    x_test, y_test = _batches(folder, ["test_batch"])
    names = tuple(name.decode() for name in _read(folder, "batches.meta")[b"label_names"])
    return LabelledImages(
        x[:-NUM_VAL], y[:-NUM_VAL], x[-NUM_VAL:], y[-NUM_VAL:], x_test, y_test,
        class_names=names, source="CIFAR-10 (Krizhevsky 2009)",
    )  # fmt: skip
