"""Drawn flowers of eight species: the stand-in for Oxford's flowers."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .drawing import hsv, oval, shuffled_labels, soft_background
from .records import LabelledImages

SIDE, SCALE = 96, 2  # drawn twice as large and averaged: smooth edges

# Each species: petals per layer, layers, petal shape, half its width, hues, the centre's radius and
# colour. A hue of None is white. Species share colours, so colour alone doesn't decide.
SPECIES = {
    "broad raywheel": (17, 2, "lens", 0.13, (0.12, 0.05, 0.0), 0.42, (92, 56, 30)),
    "layered pompon": (15, 4, "lens", 0.2, (0.92, 0.78, 0.12), 0.1, (214, 170, 60)),
    "meadow goldcup": (5, 1, "round", 0.52, (0.13, None, 0.15), 0.2, (214, 190, 40)),
    "moon daisy": (15, 1, "ray", 0.1, (None, None, 0.92), 0.27, (240, 196, 40)),
    "notched pink": (5, 1, "notch", 0.44, (0.92, 0.97, None), 0.13, (250, 226, 130)),
    "paper poppy": (4, 1, "round", 0.78, (0.0, 0.05, 0.97), 0.24, (40, 30, 44)),
    "pointed starlily": (6, 1, "lens", 0.25, (None, 0.94, 0.07), 0.12, (140, 180, 70)),
    "windmill periwinkle": (5, 1, "skew", 0.36, (0.68, 0.76, 0.62), 0.12, (246, 244, 220)),
}


def make_flowers(seed=0, n_train=400, n_val=120, n_test=120, species=SPECIES):
    """Draw flowers of eight species, which differ in petals, centre and, partly, in colour.

    Position, size, tilt, view, stem, leaves and background vary; one in three has a second, smaller
    flower. seed: int; the same seed gives the same images. n_*: int, images in each part, the
    species in equal numbers (to within one). species: dict like SPECIES, other species to draw.
    Returns LabelledImages: x_* (n, 96, 96, 3) uint8, 0 to 255; y_* (n,) int64, 0 to 7.
    """
    rng = np.random.default_rng(seed)
    kinds = list(species.values())
    labels = [shuffled_labels(n, len(kinds), rng) for n in (n_train, n_val, n_test)]
    x = [np.stack([_draw(kinds[label], rng) for label in part]) for part in labels]
    return LabelledImages(
        *(x[0], labels[0], x[1], labels[1], x[2], labels[2]),
        class_names=tuple(species),
        source=f"flowers drawn by the course's own code, seed {seed}",
        synthetic=True,
    )


def _draw(species, rng):
    """Draw one picture; (96, 96, 3) uint8."""
    image = _background(rng)
    draw = ImageDraw.Draw(image)
    side = SIDE * SCALE
    hue = species[4][rng.integers(3)]
    if rng.random() < 1 / 3:
        away = side * (0.5 + rng.uniform(0.28, 0.36) * rng.choice((-1, 1), 2))
        _draw_plant(draw, species, hue, away, side * rng.uniform(0.1, 0.16), rng)
    middle = side * (0.5 + rng.uniform(-0.12, 0.12, 2))
    _draw_plant(draw, species, hue, middle, side * rng.uniform(0.25, 0.4), rng)
    return np.asarray(image.reduce(SCALE))


def _background(rng):
    """Blend greens, browns and blues with round spots of light, out of focus."""
    small = 48
    hue, value = rng.uniform(0.2, 0.45), rng.uniform(0.2, 0.6)
    if rng.random() < 0.3:
        hue = rng.uniform(0.05, 0.6)
    image = Image.new("RGB", (small, small), hsv(hue, 0.5, value))
    draw = ImageDraw.Draw(image)
    for dh, dv, s, x, y, r in rng.random((14, 6)).tolist():
        x, y, r = small * x, small * y, 2 + 7 * r
        colour = hsv(hue + 0.14 * (dh - 0.5), 0.25 + 0.4 * s, value + 0.35 * (dv - 0.4))
        draw.ellipse([x - r, y - r, x + r, y + r], fill=colour)
    return soft_background(np.asarray(image.filter(ImageFilter.BoxBlur(2))), SIDE * SCALE)


def _draw_plant(draw, species, hue, middle, size, rng):
    """Draw stem, leaves, petals from the back to the front, and the centre."""
    petals, layers, shape, width, _, radius, centre = species
    _draw_stem(draw, middle, size, rng)
    matrix = _view(size, rng)
    colours = _petal_colours(hue, rng)
    outline = _petal(shape, width * rng.uniform(0.88, 1.12))
    for layer in range(layers):
        lengths = (1 - 0.72 * layer / layers) * rng.uniform(0.92, 1.05, petals)
        turns = _rotation(_angles(petals, layer, rng)).transpose(2, 0, 1)
        _draw_petals(draw, lengths[:, None, None] * (outline @ turns @ matrix), middle, colours)
    _draw_centre(draw, matrix * radius * rng.uniform(0.88, 1.12), middle, centre, rng)


def _draw_stem(draw, middle, size, rng):
    """Draw a bent stem down to the lower edge, with up to two leaves."""
    green = hsv(rng.uniform(0.24, 0.36), 0.6, rng.uniform(0.3, 0.6))
    bend, foot = rng.uniform(-0.4, 0.4, 2) * size
    t = np.linspace(0, 1, 8)[:, None]
    end = np.array([middle[0] + foot, SIDE * SCALE + 5])
    stem = middle * (1 - t) + end * t + [bend, 0] * (4 * t * (1 - t))
    draw.line(stem.ravel().tolist(), fill=green, width=max(3, round(0.1 * size)))
    for sign in (-1, 1):
        if rng.random() < 0.7:
            angle = sign * rng.uniform(0.3, 1.0) + (np.pi if sign < 0 else 0) - sign * 0.9
            leaf = _petal("lens", 0.2) @ (size * rng.uniform(0.7, 1.1) * _rotation(angle))
            leaf = leaf + stem[5]
            draw.polygon(leaf.ravel().tolist(), fill=green)
            draw.line([*leaf[0], *leaf[12]], fill=tuple(int(0.8 * c) for c in green), width=2)


def _view(size, rng):
    """Return the (2, 2) matrix of a flower turned, and seen at a slant."""
    slant = np.diag([1, rng.uniform(0.62, 1)])
    return size * _rotation(rng.uniform(0, 2 * np.pi)) @ slant @ _rotation(rng.uniform(-0.7, 0.7))


def _rotation(angle):
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, sin], [-sin, cos]])


def _angles(petals, layer, rng):
    """Spread the petals around the circle, each a little off its place."""
    step = 2 * np.pi / petals
    return step * (np.arange(petals) + 0.5 * layer + rng.uniform(-0.12, 0.12, petals))


def _petal(shape, width):
    """Return (k, 2) points of a petal along the x axis, from 0 to 1; its tip is point 12."""
    t = np.linspace(0, 1, 13)
    half = {
        "lens": np.sin(np.pi * t**0.9) ** 1.1,
        "round": np.sin(np.pi * t**1.5) ** 0.55,
        "ray": np.minimum(1, 0.5 + t) * np.minimum(1, 3.2 * np.sqrt(1 - t)),
        "notch": np.sin(np.pi * t**2.1 * 0.94) ** 0.7,
        "skew": np.sin(np.pi * t**1.8) ** 0.7,
    }[shape]
    upper = np.column_stack([t, width * half])
    lower = upper[::-1] * (1, -1)
    if shape == "notch":  # two lobes with a gap between them
        lower = np.vstack([[[0.78, 0]], lower])
    outline = np.vstack([upper, lower])
    if shape == "skew":  # swept to one side, like a propeller's blade
        outline[:, 1] += 0.35 * outline[:, 0] ** 2
    return outline


def _petal_colours(hue, rng):
    """Return the colours of a petal's rim, face and base."""
    s, v, shift = rng.uniform(0.55, 0.9), rng.uniform(0.8, 1), rng.normal(0, 0.012)
    if hue is None:
        hue, s, v = rng.uniform(0, 1), rng.uniform(0, 0.08), rng.uniform(0.92, 1)
    hue, deep = hue + shift, min(1, s + 0.1)
    return hsv(hue, deep, 0.68 * v), hsv(hue, s, v), hsv(hue, deep, 0.87 * v)


def _draw_petals(draw, points, middle, colours):
    """Draw (petals, k, 2) points, each petal with a darker rim and base to stand out."""
    heart = points.mean(axis=1, keepdims=True)
    drawn = np.stack([points, 0.1 * heart + 0.9 * points, 0.5 * points], axis=1) + middle
    for petal in drawn.reshape(len(points), 3, -1).tolist():
        for polygon, colour in zip(petal, colours):
            draw.polygon(polygon, fill=colour)


def _draw_centre(draw, matrix, middle, colour, rng):
    """Draw the disc in the middle, with a ring of dots on it."""
    for radius, factor in ((1, 0.75), (0.85, 1)):
        disc = oval(0, 0, radius, radius) @ matrix + middle
        draw.polygon(disc.ravel().tolist(), fill=tuple(int(factor * c) for c in colour))
    dots = oval(0, 0, 0.6, 0.6)[1:] * rng.uniform(0.6, 1.5, (18, 1)) @ matrix + middle
    bright = tuple(min(255, int(1.25 * c + 20)) for c in colour)
    for x, y in dots.tolist():
        draw.ellipse([x - 1.5, y - 1.5, x + 1.5, y + 1.5], fill=bright)
