"""What must hold for the pieces of every right `augment`, and what is said where it doesn't."""

import numpy as np


def facts_of_places(evidence):
    """Replace the places of pieces by what must hold for every right augmentation."""
    number = 1  # of the first call on many images
    first, result = _places(evidence[number]), []
    for seen in evidence:
        places = _places(seen)
        if places is not None:
            facts = _place_facts(places, seen["facts"]["pad"])
            if seen["facts"].get("compared with the first") and first is not None:
                facts[AGAIN] = np.array_equal(first, places)
            facts[WHERE] = seen["value"]["found"]
            form = {key: seen["value"][key] for key in ("kind", "shape", "dtype")}
            seen = {**seen, "value": form | facts}
        result.append(seen)
    return result


def _places(seen):
    """Return where the pieces were cut from, or None where the result has another form."""
    return seen["value"].get("places") if isinstance(seen["value"], dict) else None


AGAIN, WHERE = "the places are those of the first call", "where the pieces come from"
DOWN, ACROSS = "first rows of the pieces", "first columns of the pieces"


def _place_facts(places, pad):
    rows, columns, mirrored = places.T
    facts = {"each image is a piece of its own padded image": bool((places >= 0).all())}
    if len(places) >= 400 and (places >= 0).all():
        facts |= {
            DOWN: _range(rows, pad),
            ACROSS: _range(columns, pad),
            "rows and columns are drawn independently": _number(rows, columns)
            > 0.7 * (2 * pad + 1) ** 2,
            "how many are mirrored": _share(mirrored.mean()),
            "sides are drawn at random": bool(0.3 < (mirrored[1:] != mirrored[:-1]).mean() < 0.7),
            "sides are drawn independently of places": all(
                _number(axis, mirrored) == _number(axis) * _number(mirrored)
                for axis in (rows, columns)
            ),
            "each image draws anew, whatever the one before drew": _draw_anew(places),
        }
    return facts


def _range(places, pad):
    """Say which places occur, as pixels of shift: all from −pad to pad should."""
    shifts = np.unique(places) - pad
    whole = len(shifts) == shifts[-1] - shifts[0] + 1
    return f"shifts from {shifts[0]} to {shifts[-1]}" + ("" if whole else ", some of them")


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


def _shifts(ours, theirs):
    if ours.startswith("shifts from 0 to 0"):
        return "Nothing is shifted in one direction: draw a row and a column for each image."
    first, _, last = ours.removeprefix("shifts from ").partition(",")[0].partition(" to ")
    if first == last:
        return ONE_SHIFT
    return f"There are {ours}; each image's shift is one of {theirs.removeprefix('shifts ')}."


def _where(ours, theirs):
    if ours == "upside down":
        return (
            "You turned images upside down; mirror them left to right: cars don't drive on their "
            "roofs."
        )
    if ours.startswith("around"):
        return f"Where the piece reaches beyond its image, zeros belong: {ours}."
    if ours.startswith("shifted"):
        return "Images are shifted by more than `pad` pixels: use the argument."
    return None


def _sides(ours, theirs):
    return {
        "all are mirrored": "Every image is mirrored: mirror each with a probability of one half.",
        "none is mirrored": "No image is mirrored: mirror each with a probability of one half.",
        "all of a batch or none are mirrored": (
            "All images of a batch are mirrored, or none: each draws its own side."
        ),
        "the same ones are mirrored in each batch": (
            "The same images of each batch are mirrored, whatever `rng` gives: which ones must be "
            "drawn from it."
        ),
    }.get(ours)


ONE_SHIFT = "All images got the same shift: each must draw its own."
SENTENCES = {
    "which pieces are mirrored": _sides,
    WHERE: _where,
    DOWN: _shifts,
    ACROSS: _shifts,
    "rows and columns are drawn independently": (
        "Row and column of a piece depend on one another: draw each by itself."
    ),
    "how many are mirrored": lambda ours, theirs: (
        f"Of many images, {ours} are mirrored; with a probability of one half it is about half."
    ),
    "sides are drawn at random": (
        "Which images are mirrored follows a fixed pattern; draw it from `rng` for each."
    ),
    "sides are drawn independently of places": (
        "An image's side depends on its place: draw it by itself."
    ),
    AGAIN: lambda ours, theirs: (
        "The same rng gives different pieces each time: draw from `rng`, not from np.random."
        if theirs
        else "Another rng gives the same pieces: draw from `rng`, not from a generator with a seed "
        "of your own."
    ),
    "shape": "The result has another shape: height and width stay as they were.",
    "dtype": lambda ours, theirs: f"The result has dtype {ours}; it keeps that of the images.",
    "kind": "An array is asked for, with one piece for each image: np.stack makes it of a list.",
}
