"""Check of `augment`: where each piece was cut from, and how the places are spread."""

import numpy as np

from ..check import new_check
from ._piece_facts import ONE_SHIFT, SENTENCES, facts_of_places

augment = new_check(__name__, points=2, properties=facts_of_places, sentences=SENTENCES)


@augment.alternative
def by_a_loop(
    images, rng, pad=4, source=lambda rng: rng, places=lambda pad: (0, 2 * pad + 1), directions=2,
    shifts=None, mirrored_share=0.5, mirrored_axis=1, border="constant", side_by_row=False,
    sides=None,
):  # fmt: skip
    """directions, shifts: how many of the draws are used; the others are copies of these."""
    rng, n = source(rng), len(images)
    draws = rng.integers(*places(pad), size=(2, n))[:directions, :shifts]
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)), border)
    height, width = images.shape[1:3]
    pieces = [
        image[row : row + height, column : column + width]
        for image, row, column in zip(padded, *np.broadcast_to(draws, (2, n)))
    ]
    mirrored = draws[0] % 2 == 1 if side_by_row else rng.random(n) < mirrored_share
    mirrored = sides(n) if sides else mirrored
    return np.stack([np.flip(p, mirrored_axis) if m else p for p, m in zip(pieces, mirrored)])


@augment.alternative
def by_all_windows(images, rng, pad=4):
    n, height, width, _ = images.shape
    images = np.where(rng.random((n, 1, 1, 1)) < 0.5, images[:, :, ::-1], images)
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (height, width), (1, 2))
    rows, columns = rng.integers(0, 2 * pad + 1, size=(2, n))
    return windows[np.arange(n), rows, columns].transpose(0, 2, 3, 1)


augment.add_mistakes(
    by_a_loop,
    {
        ONE_SHIFT: {"shifts": 1},
        "No image is mirrored: mirror each one left to right with a probability of one half.": {
            "mirrored_share": 0
        },
        "Every image is mirrored: mirror each one with a probability of one half.": {
            "mirrored_share": 1
        },
        "You turned images upside down; mirror them left to right: cars don't drive on their "
        "roofs.": {"mirrored_axis": 0},
        "Which images are mirrored follows from their number: draw it from `rng`.": {
            "sides": lambda n: np.arange(n) % 2 == 1
        },
        "Shifts go only down and to the right: places are 0 to 2 · pad, of which pad is the "
        "middle.": {"places": lambda pad: (0, pad + 1)},
        "Shifts go only up and to the left: places are 0 to 2 · pad.": {
            "places": lambda pad: (pad, 2 * pad + 1)
        },
        "The first place is never drawn: there are 2 · pad + 1, from 0 on.": {
            "places": lambda pad: (min(1, pad), 2 * pad + 1)
        },
        "Images aren't mirrored with a probability of one half, but of another one.": {
            "mirrored_share": 0.25
        },
        "The border repeats the edge of the image; zeros belong there.": {"border": "edge"},
        "The border mirrors the image; zeros belong there.": {"border": "reflect"},
        "The last place is never drawn: `rng.integers` excludes its upper bound, and there "
        "are 2 · pad + 1 places.": {"places": lambda pad: (0, max(2 * pad, 1))},
        "You used one draw for both directions: draw rows and columns independently.": {
            "directions": 1
        },
        "The draw of an image's row decides its side, too: draw that independently.": {
            "side_by_row": True
        },
        "The images are only mirrored: shift them too, by up to `pad` pixels.": {
            "places": lambda pad: (pad, pad + 1)
        },
        "The same rng gives different pieces each time: draw from `rng`, not from np.random.": {
            "source": lambda rng: np.random.default_rng()
        },
        "You seeded a generator of your own, so every batch gets the same shifts: draw from "
        "`rng`.": {"source": lambda rng: np.random.default_rng(0)},
        "`np.roll` wraps around: what leaves on one side comes back on the other, where zeros "
        "belong.": {"border": "wrap"},
    },
)


@augment.mistake(
    "The places follow one another in a fixed order: each image draws its own row, column and "
    "side from `rng`."
)
def in_turn(images, rng, pad=4):
    (n, height, width, _), count = images.shape, 2 * pad + 1
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    numbers = np.arange(n) + rng.integers(10**6)
    pieces = [
        image[row : row + height, column : column + width]
        for image, row, column in zip(padded, numbers // count % count, numbers % count)
    ]
    return np.stack([np.flip(p, 1) if number % 2 else p for p, number in zip(pieces, numbers)])
