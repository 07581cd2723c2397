"""Small drawn objects of ten kinds, on varied backgrounds: the stand-in for CIFAR-10."""

import colorsys

import numpy as np
from PIL import ImageDraw

from .drawing import draw_parts, hsv, oval, shuffled_labels, soft_background, spikes
from .records import LabelledImages

SIDE, SCALE = 32, 3  # drawn three times as large and averaged: smooth edges


def make_objects(seed=0, n_train=2000, n_val=500, n_test=500):
    """Draw objects of ten classes, with varied position, size, tilt, colours, background, clutter.

    seed: int; the same seed gives the same images. n_*: int, images in each part, the classes in
    equal numbers (to within one).
    Returns LabelledImages: x_* (n, 32, 32, 3) uint8, 0 to 255; y_* (n,) int64, 0 to 9.
    """
    rng = np.random.default_rng(seed)
    names = tuple(OBJECTS)
    shapes = [OBJECTS[name] for name in names]
    labels = [shuffled_labels(n, len(names), rng) for n in (n_train, n_val, n_test)]
    images = [np.stack([_draw(shapes[label], rng) for label in part]) for part in labels]
    return LabelledImages(
        *(images[0], labels[0], images[1], labels[1], images[2], labels[2]),
        class_names=names,
        source=f"objects drawn by the course's own code, seed {seed}",
        synthetic=True,
    )


def _draw(parts, rng):
    """Draw one object; (32, 32, 3) uint8."""
    side = SIDE * SCALE
    image = _background(rng, side)
    draw = ImageDraw.Draw(image)
    _clutter(draw, rng, side)
    size, tilt = rng.uniform(0.27, 0.44), rng.uniform(-0.4, 0.4)
    cos, sin = size * side * np.cos(tilt), size * side * np.sin(tilt)
    mirror = rng.choice((-1, 1))
    stretch = rng.uniform(0.82, 1.15)
    matrix = np.array([[mirror * stretch * cos, mirror * stretch * sin], [-sin, cos]])
    room = 0.5 - size + 0.03
    shift = side * (0.5 + rng.uniform(-room, room, 2))
    draw_parts(draw, parts, _colours(rng), matrix, shift)
    return np.asarray(image.reduce(SCALE))


def _colours(rng):
    """Draw a colour for each role; no role gives the class away."""
    hue, other, s, v, lightness, tint, dark = rng.random(7)
    main = hsv(hue, 0.55 + 0.45 * s, 0.55 + 0.4 * v)
    return {
        "main": main,
        "shade": tuple(int(0.72 * c) for c in main),
        "side": hsv(hue + 0.25 + 0.5 * other, 0.4 + 0.5 * v, 0.6 + 0.4 * s),
        "light": hsv(tint, 0.14 * s, 0.85 + 0.15 * lightness),
        "dark": hsv(tint, 0.4, 0.1 + 0.2 * dark),
        "wood": hsv(0.05 + 0.05 * tint, 0.5 + 0.3 * s, 0.3 + 0.3 * dark),
    }


def _background(rng, side):
    """Blend a few muted colours; one in three has a horizon, one in three stripes."""
    hue, value, kind = rng.random(3)
    base = np.array(colorsys.hsv_to_rgb(hue, 0.4, 0.35 + 0.6 * value))
    change = 0.3 * (rng.random((3, 3, 1)) - 0.5) + 0.2 * (rng.random((3, 3, 3)) - 0.5)
    colours = np.clip(255 * (base + change), 0, 255).astype(np.uint8)
    image = soft_background(colours, side)
    draw = ImageDraw.Draw(image)
    if kind < 1 / 3:
        y = side * rng.uniform(0.5, 0.85)
        ground = hsv(rng.random(), 0.35, rng.uniform(0.3, 0.85))
        draw.polygon([0, y, side, y + rng.uniform(-8, 8), side, side, 0, side], fill=ground)
    elif kind < 2 / 3:
        slope, gap = rng.uniform(-40, 40), int(rng.integers(9, 22))
        stripe = tuple(int(c) for c in colours[1, 1] * rng.uniform(0.75, 0.95))
        for x in range(-40, side + 40, gap):
            draw.line([x, 0, x + slope, side], fill=stripe, width=3)
    return image


def _clutter(draw, rng, side):
    """Scatter a few small things that belong to no class."""
    for _ in range(rng.integers(1, 5)):
        x, y, hue, s, v = rng.random(5)
        x, y, r = side * x, side * y, rng.uniform(3, 10)
        if s < 0.5:
            draw.ellipse([x - r, y - r, x + r, y + r], fill=hsv(hue, s + 0.3, 0.3 + 0.6 * v))
        else:
            corners = rng.uniform(-1.6 * r, 1.6 * r, (3, 2)) + (x, y)
            draw.polygon(corners.ravel().tolist(), fill=hsv(hue, s, 0.3 + 0.6 * v))


def _box(left, top, right, bottom):
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _band(x, y, outer, inner, start, stop):
    """Return a piece of a ring, between two radii and two angles."""
    return np.vstack([oval(x, y, outer, outer, start, stop), oval(x, y, inner, inner, stop, start)])


def _poly(*numbers):
    return np.array(numbers, dtype=float).reshape(-1, 2)


# Each object: (role of the colour, polygon), from back to front, within −1 to 1, y pointing down.
OBJECTS = {
    "house": [
        ("wood", _box(0.35, -0.95, 0.6, -0.3)),
        ("main", _box(-0.75, -0.2, 0.75, 0.9)),
        ("side", _poly(-1, -0.15, 0, -1, 1, -0.15)),
        ("light", _box(-0.55, 0.05, -0.1, 0.45)),
        ("dark", _box(0.15, 0.15, 0.55, 0.9)),
    ],
    "car": [
        ("main", _poly(-0.6, 0, -0.35, -0.55, 0.35, -0.55, 0.65, 0)),
        ("light", _poly(-0.45, -0.02, -0.28, -0.42, -0.02, -0.42, -0.02, -0.02)),
        ("light", _poly(0.08, -0.02, 0.08, -0.42, 0.3, -0.42, 0.5, -0.02)),
        ("main", _poly(-1, 0, 0.8, 0, 1, 0.15, 1, 0.45, -1, 0.45)),
        ("dark", oval(-0.52, 0.45, 0.28, 0.28)),
        ("dark", oval(0.55, 0.45, 0.28, 0.28)),
        ("light", oval(-0.52, 0.45, 0.11, 0.11)),
        ("light", oval(0.55, 0.45, 0.11, 0.11)),
    ],
    "tree": [
        ("wood", _poly(-0.14, 0, 0.14, 0, 0.22, 1, -0.22, 1)),
        ("shade", oval(-0.35, -0.05, 0.48, 0.42)),
        ("shade", oval(0.38, -0.08, 0.48, 0.42)),
        ("main", oval(0, -0.45, 0.58, 0.52)),
        ("main", oval(-0.3, -0.12, 0.36, 0.3)),
    ],
    "fish": [
        ("side", _poly(0.4, 0, 1, -0.5, 0.85, 0, 1, 0.5)),
        ("side", _poly(-0.3, -0.3, 0.1, -0.75, 0.35, -0.25)),
        ("main", oval(-0.2, 0, 0.8, 0.48)),
        ("shade", _poly(-0.1, 0.05, 0.3, -0.12, 0.3, 0.28)),
        ("light", oval(-0.62, -0.1, 0.17, 0.17)),
        ("dark", oval(-0.65, -0.1, 0.09, 0.09)),
    ],
    "sailing boat": [
        ("wood", _box(-0.06, -1, 0.06, 0.5)),
        ("light", _poly(0.1, -0.95, 0.8, 0.25, 0.1, 0.3)),
        ("side", _poly(-0.1, -0.75, -0.1, 0.3, -0.65, 0.25)),
        ("main", _poly(-0.95, 0.42, 0.95, 0.42, 0.6, 0.9, -0.6, 0.9)),
    ],
    "cup": [
        ("side", oval(0, 0.78, 0.9, 0.2)),
        ("shade", _band(0.52, 0.0, 0.44, 0.24, -100, 110)),
        (
            "main",
            np.vstack([_poly(-0.68, -0.55, 0.62, -0.55), oval(-0.03, 0.45, 0.45, 0.35, 0, 180)]),
        ),
        ("light", oval(-0.03, -0.55, 0.65, 0.2)),
        ("dark", oval(-0.03, -0.53, 0.53, 0.13)),
    ],
    "star": [
        ("main", spikes(1.0, 0.44)),
        ("side", spikes(0.55, 0.24)),
    ],
    "umbrella": [
        ("wood", _box(-0.05, -0.95, 0.05, 0.7)),
        ("wood", _band(0.17, 0.68, 0.22, 0.11, 0, 180)),
        ("main", oval(0, 0, 1, 0.85, 180, 360)),
        ("side", oval(0, 0, 0.36, 0.85, 180, 360)),
    ],
    "butterfly": [
        ("shade", oval(-0.42, 0.42, 0.42, 0.3, tilt=-40)),
        ("shade", oval(0.42, 0.42, 0.42, 0.3, tilt=40)),
        ("main", oval(-0.52, -0.3, 0.55, 0.36, tilt=35)),
        ("main", oval(0.52, -0.3, 0.55, 0.36, tilt=-35)),
        ("side", oval(-0.6, -0.36, 0.22, 0.17, tilt=35)),
        ("side", oval(0.6, -0.36, 0.22, 0.17, tilt=-35)),
        ("dark", oval(0, 0.05, 0.1, 0.6)),
        ("dark", _poly(-0.02, -0.45, -0.32, -0.98, -0.22, -1, 0.02, -0.5)),
        ("dark", _poly(0.02, -0.45, 0.32, -0.98, 0.22, -1, -0.02, -0.5)),
    ],
    "mushroom": [
        ("light", _poly(-0.22, 0, 0.22, 0, 0.32, 0.9, -0.32, 0.9)),
        ("main", oval(0, 0.12, 0.95, 0.98, 180, 360)),
        ("shade", oval(0, 0.12, 0.95, 0.16)),
        ("light", oval(-0.45, -0.25, 0.17, 0.15)),
        ("light", oval(0.1, -0.55, 0.19, 0.15)),
        ("light", oval(0.5, -0.15, 0.15, 0.14)),
    ],
}
