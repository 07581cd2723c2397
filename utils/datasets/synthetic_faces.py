"""Drawn, friendly faces with independent attributes: the stand-in for real faces."""

import numpy as np
from PIL import ImageDraw

from .drawing import hsv, oval, soft_background
from .records import Faces

SIDE, SCALE = 32, 3  # drawn three times as large and averaged: smooth edges
ATTRIBUTES = ("smile", "glasses", "long hair", "looking left", "dark skin")


def make_faces(seed=0, n_train=2000, n_val=300, n_test=300):
    """Draw faces with independent attributes.

    Hair, eyes, clothes, background, size and position vary too, without an attribute. A face
    that does not look left looks right. seed: int; the same seed gives the same images. n_*: int,
    images in each part.
    Returns Faces: x_* (n, 32, 32, 3) uint8, 0 to 255; a_* (n, 5) int64, 0 or 1, the columns as in
    attribute_names.
    """
    rng = np.random.default_rng(seed)
    attributes = [_attributes(n, rng) for n in (n_train, n_val, n_test)]
    x = [np.stack([_draw(row, rng) for row in part.tolist()]) for part in attributes]
    return Faces(
        *(x[0], attributes[0], x[1], attributes[1], x[2], attributes[2]),
        attribute_names=ATTRIBUTES,
        source=f"faces drawn by the course's own code, seed {seed}",
        synthetic=True,
    )


def _attributes(n, rng):
    """Return (n, 5) int64: all 32 combinations, as evenly as n allows.

    Independent draws would correlate by chance; this keeps the attributes of a part independent.
    """
    k = len(ATTRIBUTES)
    rounds = [rng.permutation(2**k) for _ in range(-(-n // 2**k))]
    codes = np.concatenate(rounds)[:n]
    return (codes[:, None] >> np.arange(k)) & 1


def _draw(attributes, rng):
    """Draw one face; (32, 32, 3) uint8."""
    smile, glasses, long_hair, left, dark_skin = attributes
    side = SIDE * SCALE
    u = rng.random(16).tolist()
    image = _background(u, rng, side)
    pen = _Pen(image, size=side * (0.29 + 0.05 * u[0]), rng=rng)
    skin, hair = _skin(dark_skin, u), _hair(u)
    turn = (-1 if left else 1) * (0.2 + 0.12 * u[1])
    _draw_behind(pen, long_hair, hair, skin, u)
    width = 0.78 + 0.08 * u[2]
    pen.fill(oval(-turn * 3, 0.12, 0.17, 0.2), _darker(skin, 0.85))  # the visible ear
    pen.fill(oval(0, 0.05, width, 1.0), skin)
    _draw_fringe(pen, hair, turn, width, u)
    _draw_eyes(pen, glasses, hair, turn, u)
    pen.fill(oval(turn * 1.55, 0.28, 0.1, 0.16), _darker(skin, 0.8))
    _draw_mouth(pen, smile, skin, turn * 1.2, u)
    return np.asarray(image.reduce(SCALE))


class _Pen:
    """Draws in the face's own coordinates: the head is about 2 high, y points down."""

    def __init__(self, image, size, rng):
        self.draw = ImageDraw.Draw(image)
        side = image.width
        tilt = rng.uniform(-0.1, 0.1)
        cos, sin = size * np.cos(tilt), size * np.sin(tilt)
        self.matrix = np.array([[cos, sin], [-sin, cos]])
        self.shift = side * (np.array([0.5, 0.5]) + rng.uniform(-0.035, 0.035, 2))
        self.size = size

    def _points(self, points):
        return (points @ self.matrix + self.shift).ravel().tolist()

    def fill(self, points, colour):
        self.draw.polygon(self._points(points), fill=colour)

    def line(self, points, colour, width):
        self.draw.line(self._points(points), fill=colour, width=round(width * self.size))


def _darker(colour, factor):
    return tuple(int(factor * c) for c in colour)


def _background(u, rng, side):
    """Blend two shades of one light or medium colour."""
    hue, saturation = u[3], 0.15 + 0.35 * u[4]
    values = 0.5 + 0.35 * u[5] + 0.15 * rng.random(4)
    colours = [hsv(hue + 0.04 * i, saturation, v) for i, v in enumerate(values.tolist())]
    return soft_background(np.array(colours, dtype=np.uint8).reshape(2, 2, 3), side)


def _skin(dark, u):
    if dark:
        return hsv(0.055 + 0.02 * u[6], 0.5 + 0.12 * u[7], 0.36 + 0.17 * u[8])
    return hsv(0.06 + 0.03 * u[6], 0.22 + 0.14 * u[7], 0.9 + 0.1 * u[8])


def _hair(u):
    """Black to brown, blond, red or grey; a few in a bright dye."""
    kind, shade = u[9], u[10]
    if kind < 0.4:
        return hsv(0.07, 0.5, 0.08 + 0.22 * shade)
    if kind < 0.6:
        return hsv(0.12, 0.6, 0.7 + 0.2 * shade)
    if kind < 0.75:
        return hsv(0.04, 0.8, 0.45 + 0.25 * shade)
    if kind < 0.85:
        return hsv(0.6, 0.06, 0.55 + 0.35 * shade)
    return hsv(0.55 + 0.4 * shade, 0.55, 0.6)


def _draw_behind(pen, long_hair, hair, skin, u):
    """Draw what the face covers: the hair at the back, shoulders and neck."""
    clothes = hsv(u[11], 0.3 + 0.5 * u[12], 0.35 + 0.5 * u[10])
    if long_hair:
        pen.fill(oval(0, -0.05, 1.08, 1.15, 180, 360), hair)
        lower = 1.35 + 0.3 * u[13]
        flow = [[-1.08, -0.06], [1.08, -0.06], [1.2, lower], [-1.2, lower]]
        pen.fill(np.array(flow), hair)
    else:
        pen.fill(oval(0, -0.12, 0.93, 1.02, 170, 370), hair)
    pen.fill(oval(0, 2.1, 1.25, 0.95), clothes)
    pen.fill(oval(0, 1.0, 0.36, 0.55), _darker(skin, 0.82))


def _draw_fringe(pen, hair, turn, width, u):
    """Draw the hair over the forehead, parted on the side the face turns to."""
    top = oval(0, -0.05, width + 0.08, 1.08, 190, 350)
    part = [[width * 0.9, -0.4], [turn * 1.5, -0.62 - 0.12 * u[14]], [-width * 0.9, -0.4]]
    pen.fill(np.vstack([top, part]), hair)


def _draw_eyes(pen, glasses, hair, turn, u):
    """Draw eyes that look the way the face turns, brows, and glasses with dark rims."""
    iris = hsv(0.05 + 0.55 * u[15], 0.6, 0.3)
    middle = turn * 1.0
    for x in (middle - 0.36, middle + 0.36):
        if glasses:
            pen.fill(oval(x, -0.05, 0.33, 0.3), (28, 26, 40))
            pen.fill(oval(x, -0.05, 0.23, 0.2), (222, 236, 244))
        else:
            pen.fill(oval(x, -0.05, 0.18, 0.14), (250, 250, 250))
        pen.fill(oval(x + turn * 0.3, -0.05, 0.1, 0.12), iris)
        brow = np.array([[x - 0.2, -0.36], [x, -0.42], [x + 0.2, -0.36]])
        pen.line(brow, _darker(hair, 0.75), 0.08)
    if glasses:
        pen.line(np.array([[-turn * 2.9, -0.08], [middle, -0.08]]), (28, 26, 40), 0.1)


def _draw_mouth(pen, smile, skin, x, u):
    """Draw an open, laughing mouth, or a straight, closed one."""
    if smile:
        pen.fill(oval(x, 0.48, 0.4 + 0.06 * u[14], 0.36, 0, 180), (130, 25, 40))
        pen.fill(oval(x, 0.49, 0.33, 0.15, 0, 180), (255, 255, 255))
    else:
        y = 0.62
        line = np.array([[x - 0.24, y - 0.01], [x, y], [x + 0.24, y - 0.01]])
        pen.line(line, _darker(skin, 0.5), 0.11)
