"""What the drawn data sets share: shapes as points, colours, soft backgrounds."""

import colorsys
from functools import lru_cache

import numpy as np
from PIL import Image


def shuffled_labels(n, num_classes, rng):
    """Return (n,) int64 labels, each class equally often (to within one), in random order."""
    return rng.permutation(np.arange(n, dtype=np.int64) % num_classes)


def oval(x, y, rx, ry, start=0, stop=360, tilt=0):
    """Return (19, 2) points of an ellipse, or of the part of it from one angle to another.

    Angles are in degrees, clockwise from the right as the image's y axis points down; tilt turns
    the whole ellipse around its centre.
    """
    cos, sin = _turn(tilt)
    return _arc(start, stop) @ [[rx * cos, rx * sin], [-ry * sin, ry * cos]] + (x, y)


@lru_cache
def _arc(start, stop):
    angle = np.radians(np.linspace(start, stop, 19))
    return np.column_stack([np.cos(angle), np.sin(angle)])


@lru_cache
def _turn(degrees):
    return float(np.cos(np.radians(degrees))), float(np.sin(np.radians(degrees)))


def hsv(hue, saturation, value):
    """Return the colour as Pillow takes it: three ints, 0 to 255. The arguments are 0 to 1."""
    return tuple(int(255 * c) for c in colorsys.hsv_to_rgb(hue % 1, saturation, value))


def soft_background(colours, side):
    """Blend a (rows, columns, 3) uint8 grid of colours smoothly into a square Pillow image."""
    return Image.fromarray(colours).resize((side, side), Image.Resampling.BICUBIC)


def draw_parts(draw, parts, colours, matrix, shift):
    """Draw polygons, the last one on top.

    parts: a list of (role, (k, 2) points); colours: {role: colour}. Each point p becomes
    p @ matrix + shift, in pixels.
    """
    for role, points in parts:
        draw.polygon((points @ matrix + shift).ravel().tolist(), fill=colours[role])


def spikes(outer, inner):
    """Return (10, 2) points of a five-pointed star around the origin."""
    angle = np.radians(np.arange(-90, 270, 36))
    radius = np.where(np.arange(10) % 2, inner, outer)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
