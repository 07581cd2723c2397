"""Drawing helpers: each takes Axes, draws, and returns them; none of them shows a figure.

Colour-blind readers can tell the colours apart, and each stands out from white as thin lines
should (3:1, WCAG 2.1): four are from Okabe and Ito's palette (2008), whose light ones don't. Lines
also differ in style and classes in marker, so that a figure still works in grey.
"""

import base64
import html
import io
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from PIL import Image

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#800000", "#6600CC", "#000000")
STYLES = ("-", "--", "-.", ":", (0, (8, 2)))  # 5 and 7 share no factor: 35 different lines
CLASS_COLORS = ("#D55E00", "#0072B2")
CLASS_MARKERS = ("^", "o")
CLASS_MAP = LinearSegmentedColormap.from_list("classes", ["#F0B58C", "#FFFFFF", "#8CC0DE"])


def use_style():
    """Set the course's look for all figures that follow."""
    plt.rcParams.update(
        {
            "figure.figsize": (6, 4),
            "figure.dpi": 96,
            "figure.constrained_layout.use": True,
            "axes.prop_cycle": plt.cycler(color=COLORS * 5, linestyle=STYLES * 7),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "grid.alpha": 0.3,
            "grid.linestyle": "-",
            "image.cmap": "cividis",
            "font.size": 11,
            "axes.titlesize": 12,
            "legend.framealpha": 0.9,
        }
    )


def classes(ax, X, y, names=("class 0", "class 1")):
    """Scatter two classes of points, each with its own colour and marker.

    X: (n_samples, 2); y: (n_samples,) of 0 and 1; names: the two labels of the legend.
    """
    for label, (color, marker) in enumerate(zip(CLASS_COLORS, CLASS_MARKERS)):
        ax.scatter(
            *X[y == label].T,
            s=16,
            c=color,
            marker=marker,
            label=names[label],
            alpha=0.7,
            linewidths=0,
        )
    ax.set(xlabel="x0", ylabel="x1")
    ax.legend(loc="upper left")
    return ax


def boundary(ax, predict, X):
    """Shade the plane by a model's probability and draw the line where it is one half.

    predict: function from (n, 2) points to (n,) probabilities; X: (n, 2), points to be in view.
    """
    low, high = X.min(axis=0) - 0.3, X.max(axis=0) + 0.3
    x0, x1 = np.meshgrid(np.linspace(low[0], high[0], 200), np.linspace(low[1], high[1], 200))
    values = predict(np.column_stack([x0.ravel(), x1.ravel()])).reshape(x0.shape)
    ax.contourf(x0, x1, values, levels=np.linspace(0, 1, 11), cmap=CLASS_MAP)
    ax.contour(x0, x1, values, levels=[0.5], colors="black", linewidths=1.5, linestyles="-")
    ax.grid(False)
    return ax


def curves(ax, values, x=None, **settings):
    """Draw one line per name, each with its own colour and style, and a legend inside.

    values: dict of name -> (n_points,) numbers, or of name -> {x: number}; x: (n_points,) numbers,
    or None for 1, 2, …; settings: passed on to `ax.set` (xlabel, ylabel, title, ylim …).
    """
    for (name, line), color, style in zip(values.items(), cycle(COLORS), cycle(STYLES)):
        if isinstance(line, dict):
            places, line = list(line), list(line.values())
        else:
            places = np.arange(1, len(line) + 1) if x is None else x
        marker = "o" if len(line) == 1 else None  # a line of one point has no length
        ax.plot(places, line, label=name, color=color, linestyle=style, marker=marker)
    ax.set(**settings)
    ax.legend()
    return ax


def contours(ax, function, xlim, ylim, levels=12):
    """Draw the level lines of a function of two numbers.

    function: from two (n, m) arrays to one; xlim, ylim: pairs of floats.
    """
    x, y = np.meshgrid(np.linspace(*xlim, 120), np.linspace(*ylim, 120))
    ax.contour(
        x,
        y,
        function(x, y),
        levels=levels,
        cmap="Greys_r",
        linewidths=0.8,
        linestyles="-",
        alpha=0.7,
    )
    ax.set(xlim=xlim, ylim=ylim)
    ax.grid(False)
    return ax


def images(axes, pictures, titles=(), **settings):
    """Draw one picture on each Axes, without ticks; leave any further Axes empty.

    axes: array of Axes; pictures: sequence of (H, W, 3) or (H, W, 1) or (H, W), floats from 0 to 1
    or uint8, where one channel is drawn in grey; titles: one str per picture, or none; settings:
    passed on to `ax.imshow` (cmap, vmin, vmax …).
    """
    for ax in np.ravel(axes):
        ax.axis("off")
    for ax, picture in zip(np.ravel(axes), pictures):
        picture = np.asarray(picture)
        if picture.ndim == 3 and picture.shape[-1] == 1:
            picture = picture[..., 0]
        white = 255 if picture.dtype == np.uint8 else 1
        ax.imshow(picture, **{"cmap": "gray", "vmin": 0, "vmax": white, **settings})
    for ax, title in zip(np.ravel(axes), titles):
        ax.set_title(title, fontsize=9)
    return axes


def confusion(ax, matrix, names):
    """Draw a confusion matrix with its counts; only the mistakes are coloured.

    matrix: (n, n) int, one row per true class, one column per predicted class; names: n str.
    """
    mistakes = np.where(np.eye(len(matrix), dtype=bool), np.nan, matrix)
    most = max(5, np.nanmax(mistakes))  # a single mistake stays pale
    ax.imshow(mistakes, cmap="Oranges", vmin=0, vmax=most)
    for (row, column), count in np.ndenumerate(matrix):
        dark = row != column and count > 0.6 * most
        color = "white" if dark else "black"
        ax.text(column, row, count or "", ha="center", va="center", color=color, fontsize=8)
    ax.set(xticks=range(len(names)), yticks=range(len(names)), xlabel="predicted", ylabel="true")
    ax.set_xticklabels(names)
    ax.set_yticklabels(names)
    ax.grid(False)
    return ax


def image_tag(data, kind, alt):
    """Return an <img> tag that contains its picture. data: bytes; kind: 'png' or 'gif'; alt: str.

    It states its size, so that a page doesn't jump when the picture is decoded.
    """
    text = base64.b64encode(data).decode("ascii")
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    return (
        f'<img src="data:image/{kind};base64,{text}" alt="{html.escape(alt)}" '
        f'width="{width}" height="{height}" style="max-width: 100%; height: auto">'
    )


class Animation:
    """A GIF with a description; any notebook viewer and exported HTML show it without a network.

    gif: bytes; alt: str, what the picture shows, for those who can't see it.
    """

    def __init__(self, gif, alt):
        self.gif, self.alt = gif, alt

    def _repr_html_(self):
        return image_tag(self.gif, "gif", self.alt)

    def __repr__(self):
        return f"Animation: {self.alt}"


def apart(heights, gap):
    """Return heights that are moved just so far that no two are nearer than a gap.

    heights: (n,) array, those of labels in the order of the labels; gap: float.
    """
    heights = np.asarray(heights, float)
    order = np.argsort(heights)
    moved = np.empty_like(heights)
    moved[order] = np.concatenate([[0], np.cumsum(np.maximum(np.diff(heights[order]), gap))])
    return moved + np.mean(heights - moved)


def animate(fig, draw, frames, alt, fps=12):
    """Return an Animation of a figure, and close the figure.

    draw: function that takes a frame's number, 0 to frames − 1, and changes the figure's artists;
    frames, fps: int, the number of pictures, in all and per second; alt: str, the picture in words.
    """
    pictures = []
    for frame in range(frames):
        draw(frame)
        fig.canvas.draw()
        pictures.append(np.array(fig.canvas.buffer_rgba())[..., :3])
    plt.close(fig)
    # One palette for all frames, so that the file stores only what moves.
    few = np.concatenate([pictures[0], pictures[frames // 2], pictures[-1]])
    palette = Image.fromarray(few).quantize(method=Image.Quantize.FASTOCTREE)
    first, *others = (
        Image.fromarray(picture).quantize(palette=palette, dither=Image.Dither.NONE)
        for picture in pictures
    )
    gif = io.BytesIO()
    first.save(
        gif, format="GIF", save_all=True, append_images=others, loop=0, duration=round(1000 / fps)
    )
    return Animation(gif.getvalue(), alt)
