"""Mistakes of `max_pool_naive`, as rows of switches."""

import numpy as np


def _of_magnitude(windows):
    flat = windows.reshape(*windows.shape[:4], -1)
    return np.take_along_axis(flat, abs(flat).argmax(-1)[..., None], -1)[..., 0]


OVERLAP = "Your windows overlap: the next one starts `size` pixels further on."
ONE_PIXEL = (
    "You kept one pixel of each window (every second row and column); take the largest of them all."
)
CHANNELS = "You took the largest over the channels too; each channel is pooled separately."
TOP_LEFT = (
    "What is left over is dropped at the bottom and at the right; you dropped it at the top and at "
    "the left."
)
ROWS = [
    (
        "This is average pooling; take the largest value of each window.",
        {"pool": lambda windows: windows.mean(axis=(-2, -1))},
    ),
    (
        "You took the smallest value of each window; the largest is asked for.",
        {"pool": lambda windows: windows.min(axis=(-2, -1))},
    ),
    (
        "You summed each window; take its largest value.",
        {"pool": lambda windows: windows.sum(axis=(-2, -1))},
    ),
    (
        "You took the median of each window; take its largest value.",
        {"pool": lambda windows: np.median(windows, axis=(-2, -1))},
    ),
    (
        "You took where in the window the largest value is; take the value, `max`.",
        {"pool": lambda w: w.reshape(*w.shape[:4], -1).argmax(-1)},
    ),
    (OVERLAP, {"step": 1, "crop": False}),
    (
        "The result has the right size, but your windows start every pixel and overlap: "
        "window i starts at i · size.",
        {"step": 1},
    ),
    (
        "Your windows always start 2 pixels further on; they start `size` further on.",
        {"step": 2, "crop": False},
    ),
    (CHANNELS, {"pool": lambda windows: windows.max(axis=(-3, -2, -1))[..., None]}),
    (CHANNELS, {"pool": lambda windows: windows.max(axis=(-3, -2, -1))}),
    (
        CHANNELS,
        {"pool": lambda w: np.broadcast_to(w.max(axis=(3, 4, 5))[..., None], w.shape[:4])},
    ),
    (ONE_PIXEL, {"pool": lambda windows: windows[..., 0, 0]}),
    (
        "You kept the last pixel of each window; take the largest of them all.",
        {"pool": lambda windows: windows[..., -1, -1]},
    ),
    (
        "You took the largest of each window's first column only: all its columns count.",
        {"pool": lambda windows: windows[..., :, 0].max(axis=-1)},
    ),
    (
        "You took the largest of each window's first row only: all its rows count.",
        {"pool": lambda windows: windows[..., 0, :].max(axis=-1)},
    ),
    (
        "You left out the last row and column of each window: a slice excludes its end, so it "
        "ends at the start + size.",
        {"pool": lambda windows: windows[..., :-1, :-1].max(axis=(-2, -1))},
    ),
    (
        "You took the largest of the diagonal of each window: all its pixels count.",
        {"pool": lambda windows: windows.diagonal(axis1=-2, axis2=-1).max(axis=-1)},
    ),
    (
        "You started from zero, so a window of negative values gives 0 instead of its own maximum.",
        {"pool": lambda windows: windows.max(axis=(-2, -1), initial=0)},
    ),
    (
        "You took the value that is furthest from zero; the largest is asked for, which may be "
        "a small one among negative numbers.",
        {"pool": _of_magnitude},
    ),
    (
        "You took the largest absolute value; the largest value itself is asked for.",
        {"pool": lambda windows: abs(windows).max(axis=(-2, -1))},
    ),
    ("The windows are size × size; yours are 2×2 whatever `size` says.", {"fixed_size": 2}),
    (TOP_LEFT, {"first": lambda rest: rest}),
    (
        "You dropped half of what is left over on each side; it is dropped at the bottom and "
        "at the right.",
        {"first": lambda rest: (rest + 1) // 2},
    ),
    (
        "You dropped half of what is left over on each side; it is dropped at the bottom and "
        "at the right.",
        {"first": lambda rest: rest // 2},
    ),
    (
        "Every image's result is that of the first image.",
        {"finish": lambda result: result[:1].repeat(len(result), 0)},
    ),
    (
        "Only the first image is pooled: the result has one row for each of the n images.",
        {"finish": lambda result: result[0]},
    ),
]
