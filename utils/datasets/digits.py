"""Handwritten digits that come with scikit-learn, made to look like MNIST."""

import numpy as np
from PIL import Image

from .records import LabelledImages

BOX, SIDE = 20, 28  # as in MNIST: the digit fills a box of 20, in the middle of 28
ENDS = [1078, 1437]  # of train and of val, among the 1,797


def make_digits(seed=0):
    """Return 1,797 handwritten digits as white strokes on black, six in ten for training.

    seed: int, decides which digit goes into which part; every part has all classes in the same
    proportions. The images were 8 pixels wide and are scaled up smoothly.
    Returns LabelledImages: x_* (n, 28, 28, 1) uint8, 0 to 255; y_* (n,) int64, 0 to 9; n is
    1,078, 359 and 360 for train, val and test.
    """
    from sklearn.datasets import load_digits  # here: it takes longer than everything that follows

    bunch = load_digits()
    x = np.stack([_enlarge(image) for image in bunch.images])[..., None]
    y = bunch.target.astype(np.int64)
    train, val, test = _split(y, np.random.default_rng(seed))
    return LabelledImages(
        *(x[train], y[train], x[val], y[val], x[test], y[test]),
        class_names=tuple("0123456789"),
        source="handwritten digits bundled with scikit-learn (UCI Optical Recognition of "
        "Handwritten Digits, E. Alpaydin and C. Kaynak), scaled from 8x8 to 28x28",
        synthetic=True,
    )


def _enlarge(image):
    """Scale an (8, 8) image with values 0 to 16 up to (28, 28) uint8, 0 to 255."""
    big = Image.fromarray(image.astype(np.float32) / 16).resize(
        (BOX, BOX), Image.Resampling.BICUBIC
    )
    # Scaling blurs the strokes; a steeper curve at their edges makes them look like pen again.
    ink = np.clip((np.asarray(big) - 0.2) / 0.6, 0, 1)
    return np.pad(np.rint(255 * ink).astype(np.uint8), (SIDE - BOX) // 2)


def _split(y, rng):
    """Return the rows of three parts with the same proportions of classes."""
    order = rng.permutation(len(y))
    place = np.empty(len(y))
    for label in np.unique(y):  # spread each class evenly between 0 and 1
        rows = order[y[order] == label]
        place[rows] = (np.arange(len(rows)) + rng.random(len(rows))) / len(rows)
    parts = np.split(np.argsort(place, kind="stable"), ENDS)
    return [rng.permutation(part) for part in parts]
