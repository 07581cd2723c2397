"""Check of `augment`: where each piece was cut from, and how the places are spread."""

import numpy as np

from ..check import new_check


def _facts_of_places(evidence):
    """Replace the places of pieces by what must hold for every right augmentation."""
    first, result = _places(evidence[0]), []
    for seen in evidence:
        places = _places(seen)
        if places is not None:
            facts = _place_facts(places, seen["facts"]["pad"])
            if seen["facts"].get("compared with the first") and first is not None:
                facts["the places are those of the first call"] = np.array_equal(first, places)
            form = {key: seen["value"][key] for key in ("kind", "shape", "dtype")}
            seen = {**seen, "value": form | facts}
        result.append(seen)
    return result


def _places(seen):
    """Return where the pieces were cut from, or None where the result has another form."""
    return seen["value"].get("places") if isinstance(seen["value"], dict) else None


def _place_facts(places, pad):
    rows, columns, mirrored = places.T
    facts = {"each image is a piece of its own padded image": bool((places >= 0).all())}
    if len(places) >= 400:
        facts |= {
            "images are shifted": bool((rows != pad).any() or (columns != pad).any()),
            "shifts up and down (number of different ones)": np.unique(rows).size,
            "shifts sideways (number of different ones)": np.unique(columns).size,
            "rows and columns are drawn independently": _number(rows, columns)
            > 0.7 * (2 * pad + 1) ** 2,
            "how many are mirrored": _share(mirrored.mean()),
            "sides are drawn independently of places": all(
                _number(axis, mirrored) == _number(axis) * _number(mirrored)
                for axis in (rows, columns)
            ),
            "each image draws anew, whatever the one before drew": _draw_anew(places),
        }
    return facts


def _number(*columns):
    """Return the number of different rows of a table. columns: arrays (n,)."""
    return len(np.unique(np.stack(columns, axis=1), axis=0))


def _draw_anew(places):
    """Whether many different pairs of places follow one another, of 2,500 or more.

    Where a place follows from the one before, there are 98 at most. 399 right draws give about 368:
    fewer than 250 has a chance below 1e-50.
    """
    return _number(*places[:-1].T, *places[1:].T) >= 250


def _share(mean):
    """Return a share in words."""
    if mean in (0, 1):
        return "all" if mean else "none"
    return "about half" if 0.35 < mean < 0.65 else "far from half"


augment = new_check(__name__, points=2, properties=_facts_of_places)


@augment.alternative
def by_a_loop(
    images, rng, pad=4, source=lambda rng: rng, places=lambda pad: (0, 2 * pad + 1), directions=2,
    shifts=None, mirrored_share=0.5, mirrored_axis=1, border="constant", side_by_row=False,
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
        "All images got the same shift: each must draw its own.": {"shifts": 1},
        "No image is mirrored: mirror each one left to right with a probability of one half.": {
            "mirrored_share": 0
        },
        "Every image is mirrored: mirror each one with a probability of one half.": {
            "mirrored_share": 1
        },
        "You turned images upside down; mirror them left to right: cars don't drive on their "
        "roofs.": {"mirrored_axis": 0},
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
