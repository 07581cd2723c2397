"""The palette: each colour stands out from white, and colour-blind readers tell them apart."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from utils.display import plot

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
SEEN_BY = {  # what is left of linear RGB where one kind of cone is missing: Machado et al. (2009)
    "all cones": np.eye(3),
    "no long-wave cones": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no middle-wave cones": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no short-wave cones": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
CONTRAST = 3  # WCAG 2.1, 1.4.11: graphical objects
APART = 15  # in CIELAB, where about 2 can just be told


def linear(color):
    """Return a colour as linear RGB, 0 to 1."""
    rgb = np.array(to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """Return linear RGB in CIELAB, where distances are what an eye sees."""
    part = (TO_XYZ @ rgb.clip(0, 1)) / TO_XYZ.sum(axis=1)
    x, y, z = np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("color", plot.COLORS)
def test_each_colour_stands_out_from_white(color):
    assert 1.05 / (LUMINANCE @ linear(color) + 0.05) >= CONTRAST


@pytest.mark.parametrize("eye", SEEN_BY)
@pytest.mark.parametrize("palette", [plot.COLORS, plot.CLASS_COLORS], ids=["lines", "classes"])
def test_no_two_colours_look_alike(palette, eye):
    seen = {color: lab(SEEN_BY[eye] @ linear(color)) for color in palette}
    pairs = itertools.combinations(seen, 2)
    near = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in pairs}
    assert min(near.values()) >= APART, min(near, key=near.get)


def test_a_palette_of_look_alikes_is_told():
    """The test can fail: red and green of one lightness are one colour to many."""
    red, green = (
        lab(SEEN_BY["no middle-wave cones"] @ linear(color)) for color in ("#D55E00", "#BD8100")
    )
    assert np.linalg.norm(red - green) < APART


def test_lines_differ_in_style_too():
    plot.use_style()
    styles = [entry["linestyle"] for entry in plot.plt.rcParams["axes.prop_cycle"][:5]]
    assert len({str(style) for style in styles}) == 5
