"""Check of `augment`: points, the mistakes people make, sound variants."""

import numpy as np

from ..check import new_check


def _facts_of_places(evidence):
    """Replace the places of pieces by what must hold for every right augmentation."""
    first, result = evidence[0]["value"], []
    for seen in evidence:
        places = seen["value"]
        if _are_places(places) and not seen["error"]:
            pad = int(seen["case"].split("pad ")[1])
            facts = _place_facts(places, pad)
            if "generator" in seen["case"] and _are_places(first):
                facts["the places are those of the first call"] = np.array_equal(first, places)
            seen = {**seen, "value": facts}
        result.append(seen)
    return result


def _are_places(value):
    return isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1:] == (3,)


def _place_facts(places, pad):
    rows, columns, mirrored = places.T
    facts = {"each image is a piece of its own padded image": bool((places >= 0).all())}
    if len(places) >= 400:
        facts |= {
            "images are shifted": bool((rows != pad).any() or (columns != pad).any()),
            "shifts up and down (number of different ones)": np.unique(rows).size,
            "shifts sideways (number of different ones)": np.unique(columns).size,
            "rows and columns are drawn apart": _all_pairs(rows, columns, pad),
            "how many are mirrored": _share(mirrored.mean()),
        }
    return facts


def _all_pairs(rows, columns, pad):
    return np.unique(100 * rows + columns).size == (2 * pad + 1) ** 2


def _share(mean):
    """Return a share in words."""
    if mean in (0, 1):
        return "all" if mean else "none"
    return "about half" if 0.35 < mean < 0.65 else "far from half"


augment = new_check(__name__, points=2, properties=_facts_of_places)


def _cut(images, pad, rows, columns, mirrored):
    """Return the pieces at given places."""
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    height, width = images.shape[1:3]
    pieces = [
        padded[n, row : row + height, column : column + width]
        for n, (row, column) in enumerate(zip(rows, columns))
    ]
    return np.stack([piece[:, ::-1] if m else piece for piece, m in zip(pieces, mirrored)])


def _draw(images, rng, pad):
    """Return rows, columns and mirrored as a right answer draws them."""
    n = len(images)
    return (*rng.integers(0, 2 * pad + 1, size=(2, n)), rng.random(n) < 0.5)


@augment.mistake("All images got the same shift: each must draw its own.")
def one_shift(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows * 0 + rows[0], columns * 0 + columns[0], mirrored)


@augment.mistake("No image is mirrored: mirror every other one, at random, left to right.")
def never_mirrored(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows, columns, mirrored * 0)


@augment.mistake("Every image is mirrored: that must be left to chance, one half.")
def always_mirrored(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows, columns, mirrored | True)


@augment.mistake(
    "You turned images upside down; mirror them left to right: cars don't drive on their roofs."
)
def upside_down(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    pieces = _cut(images, pad, rows, columns, mirrored * 0)
    return np.where(mirrored[:, None, None, None], pieces[:, ::-1], pieces)


@augment.mistake(
    "The last place is never drawn: `rng.integers` stops before its end, and there are "
    "2 · pad + 1 places."
)
def last_place_missing(images, rng, pad=4):
    rows, columns = rng.integers(0, max(2 * pad, 1), size=(2, len(images)))
    return _cut(images, pad, rows, columns, rng.random(len(images)) < 0.5)


@augment.mistake("You used one draw for both directions: draw rows and columns apart.")
def along_the_diagonal(images, rng, pad=4):
    rows, _, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows, rows, mirrored)


@augment.mistake("The images are only mirrored: shift them too, by up to `pad` pixels.")
def no_shift(images, rng, pad=4):
    rows, _, mirrored = _draw(images, rng, pad)
    return _cut(images, pad, rows * 0 + pad, rows * 0 + pad, mirrored)


@augment.mistake("The same rng gives other pieces each time: draw from `rng`, not from np.random.")
def from_global_random(images, rng, pad=4):
    return _cut(images, pad, *_draw(images, np.random.default_rng(), pad))


@augment.mistake(
    "You gave a generator a seed of your own, so every batch gets the same shifts: draw from `rng`."
)
def from_own_seed(images, rng, pad=4):
    return _cut(images, pad, *_draw(images, np.random.default_rng(0), pad))


@augment.mistake(
    "`np.roll` brings what leaves on one side back on the other; there must be zeros instead."
)
def rolled(images, rng, pad=4):
    rows, columns, mirrored = _draw(images, rng, pad)
    pieces = [
        np.roll(image, (pad - row, pad - column), axis=(0, 1))
        for image, row, column in zip(images, rows, columns)
    ]
    return np.stack([piece[:, ::-1] if m else piece for piece, m in zip(pieces, mirrored)])


@augment.alternative
def by_a_loop(images, rng, pad=4):
    return _cut(images, pad, *_draw(images, rng, pad))


@augment.alternative
def by_all_windows(images, rng, pad=4):
    n, height, width, _ = images.shape
    images = np.where(rng.random((n, 1, 1, 1)) < 0.5, images[:, :, ::-1], images)
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (height, width), (1, 2))
    rows, columns = rng.integers(0, 2 * pad + 1, size=(2, n))
    return windows[np.arange(n), rows, columns].transpose(0, 2, 3, 1)
