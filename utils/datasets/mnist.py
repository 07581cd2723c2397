"""MNIST, or scikit-learn's digits as a stand-in."""

import numpy as np

from ..download.cache import fetch
from .choice import real_or_synthetic
from .digits import make_digits
from .records import LabelledImages

NUM_VAL = 10_000


def fetch_mnist():
    """Return MNIST as LabelledImages: uint8 (n, 28, 28, 1), 0 to 255; labels 0 to 9.

    Of the publisher's 60,000 training images the last 10,000 are the validation part, the others
    the training part; its 10,000 test images are the test part. Stand-in: 1,797 handwritten digits
    from scikit-learn, scaled to 28×28. LeCun et al. (1998).
    """
    return real_or_synthetic("mnist", _fetch, make_digits)


def _fetch():
    with np.load(fetch("mnist.npz"), allow_pickle=False) as data:
        x, y = data["x_train"][..., None], data["y_train"].astype(np.int64)
        x_test, y_test = data["x_test"][..., None], data["y_test"].astype(np.int64)
    return LabelledImages(
        x[:-NUM_VAL], y[:-NUM_VAL], x[-NUM_VAL:], y[-NUM_VAL:], x_test, y_test,
        class_names=tuple("0123456789"), source="MNIST (LeCun et al. 1998)",
    )  # fmt: skip
