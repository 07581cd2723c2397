"""The drawing helpers: Axes in, Axes out, and an animation that plays everywhere."""

import io

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from utils.display import plot


@pytest.fixture
def ax():
    with plt.rc_context():
        plot.use_style()
        fig, ax = plt.subplots()
        yield ax
        plt.close(fig)


def test_helpers_return_their_axes_and_show_nothing(ax, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *a, **k: pytest.fail("plt.show was called"))
    X, y = np.random.default_rng(0).normal(size=(30, 2)), np.arange(30) % 2
    assert plot.classes(ax, X, y) is ax
    assert plot.boundary(ax, lambda points: 1 / (1 + np.exp(-points[:, 0])), X) is ax
    assert plot.contours(ax, lambda a, b: a**2 + b**2, (-1, 1), (-2, 2)) is ax
    assert plot.curves(ax, {"one": [1, 2, 3]}, xlabel="step", title="A title") is ax
    assert ax.get_xlabel() == "step" and ax.get_title() == "A title"


def test_classes_differ_in_marker_as_well_as_colour(ax):
    plot.classes(ax, np.zeros((4, 2)), np.array([0, 1, 0, 1]))
    first, second = ax.collections
    assert first.get_paths()[0].vertices.shape != second.get_paths()[0].vertices.shape
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["class 0", "class 1"]


def test_thirty_five_lines_all_look_different(ax):
    plot.curves(ax, {str(i): [0, i] for i in range(35)})
    looks = {(line.get_color(), str(line._unscaled_dash_pattern)) for line in ax.lines}
    assert len(looks) == 35


def test_the_boundary_lies_where_the_probability_is_one_half(ax):
    X = np.array([[-2.0, -2.0], [2.0, 2.0]])
    plot.boundary(ax, lambda points: 1 / (1 + np.exp(-(points[:, 0] - 0.5))), X)
    line = ax.collections[-1].get_paths()[0].vertices
    np.testing.assert_allclose(line[:, 0], 0.5, atol=0.03)


def test_images_fill_the_axes_and_leave_the_rest_empty():
    fig, axes = plt.subplots(2, 2)
    plot.images(axes, np.zeros((3, 5, 5, 1)), ["a", "b", "c"])
    assert [len(ax.images) for ax in axes.ravel()] == [1, 1, 1, 0]
    assert [ax.get_title() for ax in axes.ravel()] == ["a", "b", "c", ""]
    assert not any(ax.axison for ax in axes.ravel())
    plt.close(fig)


def test_a_confusion_matrix_shows_its_counts_and_colours_mistakes_alone(ax):
    plot.confusion(ax, np.array([[50, 2], [0, 40]]), ("cat", "dog"))
    assert [text.get_text() for text in ax.texts] == ["50", "2", "", "40"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["cat", "dog"]
    (image,) = ax.images
    assert image.get_array().mask.diagonal().all() and image.get_clim() == (0, 5)  # 1 is pale


@pytest.fixture(scope="module")
def animation():
    fig, ax = plt.subplots(figsize=(3, 2))
    (dot,) = ax.plot([0], [0], "o", color="red", markersize=20)
    ax.set(xlim=(-1, 11), ylim=(-1, 1))
    return plot.animate(
        fig, lambda frame: dot.set_data([frame], [0]), 10, alt="A <dot> moves", fps=10
    )


def test_an_animation_moves_loops_and_keeps_its_colours(animation):
    with Image.open(io.BytesIO(animation.gif)) as gif:
        assert gif.n_frames == 10
        assert gif.info["loop"] == 0 and gif.info["duration"] == 100
        frames = []
        for frame in range(10):
            gif.seek(frame)
            frames.append(np.asarray(gif.convert("RGB")).astype(int))
    centres = []
    for picture in frames:
        red = (picture[..., 0] > 200) & (picture[..., 1] < 60)
        assert red.any(), "the dot lost its colour"
        centres.append(np.argwhere(red)[:, 1].mean())
    assert np.all(np.diff(centres) > 5), "the dot doesn't move from frame to frame"


def test_an_animation_carries_its_words(animation):
    page = animation._repr_html_()
    assert page.startswith('<img src="data:image/gif;base64,')
    assert 'alt="A &lt;dot&gt; moves"' in page
    assert repr(animation) == "Animation: A <dot> moves"


def test_labels_are_moved_apart_and_keep_their_order():
    heights = np.array([0.3, 0.0, 0.31, 0.29, 2.0])
    moved = plot.apart(heights, 0.1)
    assert np.argsort(moved).tolist() == np.argsort(heights).tolist()
    assert np.diff(np.sort(moved)).min() > 0.1 - 1e-9
    assert abs(np.mean(moved - heights)) < 1e-9
    np.testing.assert_allclose(plot.apart(np.array([3.0, 1.0, 2.0]), 0.5), [3, 1, 2])


def test_animate_closes_its_figure(animation):
    assert plt.get_fignums() == []
