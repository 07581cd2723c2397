"""Mistakes of `generate_batch`, as rows of switches."""

import numpy as np

NEVER_LAST = (
    "The last caption of an image is never drawn: `rng.integers(k)` gives 0 to k − 1, so k is the "
    "number of captions itself."
)
NEVER_FIRST = "The first caption of an image is never drawn: numbers begin with 0."
FIRST_IMAGES = "It always takes the first images; draw them at random, from all."
FIRST_ALONE = "It always takes an image's first caption; draw one of them."
APART = (
    "Images and captions are drawn separately, so a caption describes a different image from the "
    "one in its row."
)
TWICE = "An image can occur twice in a batch: draw without replacement."
START_ALONE = (
    "You draw only where a batch starts, and its images follow one another: draw each image."
)
ONE_NUMBER = "You draw one number for the captions of all images; draw one for each."
NOT_CUT = "max_len isn't passed on: longer captions must be cut."
TOO_LARGE = (
    "Your number may be too large: images have different numbers of captions, numbered from 0, so "
    "draw a number below `len(indexed_captions[row])`."
)

ROWS = [
    (FIRST_IMAGES, {"draw": lambda rng, count, size: np.arange(size)}),
    (FIRST_ALONE, {"place": lambda rng, count: 0}),
    ("It always takes an image's last caption; draw one of them.", {"place": lambda r, n: -1}),
    (NEVER_LAST, {"place": lambda rng, count: rng.integers(max(1, count - 1))}),
    (NEVER_LAST, {"place": lambda rng, count: rng.integers(count - 1)}),
    (NEVER_FIRST, {"place": lambda rng, count: rng.integers(1, max(2, count)) % count}),
    (NEVER_FIRST, {"place": lambda rng, count: rng.integers(1, count)}),
    (TOO_LARGE, {"place": lambda rng, count: rng.integers(5)}),
    (TOO_LARGE, {"place": lambda rng, count: rng.integers(1, count + 1)}),
    (TOO_LARGE, {"place": lambda rng, count: rng.integers(count + 1)}),
    (FIRST_IMAGES, {"draw": lambda rng, n, size: rng.choice(size, size, replace=False)}),
    (START_ALONE, {"draw": lambda rng, n, size: (np.arange(size) + rng.integers(n)) % n}),
    (
        START_ALONE,
        {"draw": lambda rng, n, size: np.arange(size) + rng.integers(n - size + 1)},
    ),
    (ONE_NUMBER, {"draws_once": True}),
    (APART, {"shift": 1}),
    (APART, {"sorts": True}),
    (TWICE, {"draw": lambda rng, count, size: rng.integers(count, size=size)}),
    ("Padding has the number 1; you padded with 0, which is #END#.", {"pad": 0}),
    (NOT_CUT, {"cut": False}),
    (
        "It returns all images, not those of the batch.",
        {"take": lambda images, rows: images},
    ),
    (
        "It returns the numbers of the images; return the images themselves.",
        {"take": lambda images, rows: rows},
    ),
]
