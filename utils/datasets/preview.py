"""One page that shows samples of every synthetic data set: build/data.html."""

import html
import io

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from ..display import plot
from .digits import make_digits
from .rings import make_rings
from .synthetic_corpus import make_corpus
from .synthetic_faces import make_faces
from .synthetic_flowers import make_flowers
from .synthetic_names import make_names
from .synthetic_objects import make_objects
from .synthetic_scenes import make_scenes
from .synthetic_tags import make_tagged_sentences

STYLE = (
    "<style>body{font:16px/1.5 sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "img{image-rendering:pixelated;max-width:100%;height:auto}"
    "td{padding:0 1rem 0 0;vertical-align:top}"
    "p.words{max-width:45rem}small{color:#555}</style>"
)


def picture(image, alt):
    """Return an <img> of a uint8 array. alt: str, the picture in words."""
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "PNG")
    return plot.image_tag(stream.getvalue(), "png", alt)


def grid(images, columns, scale=2):
    """Return uint8 images (n, H, W, C) as one, `columns` per row, each enlarged `scale` times."""
    images = np.asarray(images)
    images = images[: len(images) // columns * columns]
    rows = [np.concatenate(list(images[i : i + columns]), axis=1)
            for i in range(0, len(images), columns)]  # fmt: skip
    sheet = np.concatenate(rows, axis=0).repeat(scale, axis=0).repeat(scale, axis=1)
    return sheet[..., 0] if sheet.shape[-1] == 1 else sheet


def by_class(x, y, num_classes, each):
    """Return `each` images of every class, class by class."""
    return np.concatenate([np.asarray(x)[y == label][:each] for label in range(num_classes)])


def rings_sheet():
    """Return the rings of week 1 as HTML."""
    X, y = make_rings(600, np.random.default_rng(0))
    fig, ax = plt.subplots(figsize=(5, 3.5), layout="constrained")
    plot.classes(ax, X, y)
    fig.canvas.draw()
    image = np.array(fig.canvas.buffer_rgba())[..., :3]
    plt.close(fig)
    return picture(image, "Points of two classes: a blob, and a ring around it.")


def labelled_sheet(found, columns, scale):
    """Return labelled images as HTML, one row per class, with the names of the classes."""
    images = by_class(found.x_train, found.y_train, found.num_classes, columns)
    names = ", ".join(found.class_names)
    return picture(grid(images, columns, scale), f"Rows: {names}") + f"<p>Rows: {names}.</p>"


def faces_sheet():
    """Return faces as HTML: for each attribute one row without it and one with it."""
    found = make_faces()
    parts = []
    for column, name in enumerate(found.attribute_names):
        for value, word in ((0, "no"), (1, "")):
            images = found.x_train[found.a_train[:, column] == value][:12]
            parts.append(f"<p>{word} {name}</p>" + picture(grid(images, 12, 2), f"{word} {name}"))
    return "".join(parts)


def scenes_sheet():
    """Return scenes as HTML, each with its five captions."""
    found = make_scenes()
    rows = []
    for image, captions in zip(found.x_train[:8], found.captions_train[:8], strict=True):
        lines = "<br>".join(html.escape(caption) for caption in captions)
        rows.append(
            f"<tr><td>{picture(grid([image], 1, 2), captions[0])}</td><td>{lines}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def texts_sheet():
    """Return names, tagged sentences and corpus as HTML."""
    names, tagged, corpus = make_names(), make_tagged_sentences(), make_corpus()
    parts = ["<h2>Names</h2>"]
    for label, name in enumerate(names.class_names):
        some = [n for n, y in zip(names.names_train, names.y_train, strict=True) if y == label][:14]
        parts.append(f"<p><b>{name}</b>: {', '.join(some)}</p>")
    parts.append("<h2>Tagged sentences</h2>")
    for sentence in tagged.train[:8]:
        words = " ".join(f"{html.escape(word)}<small>/{tag}</small>" for word, tag in sentence)
        parts.append(f"<p>{words}</p>")
    parts.append("<h2>Corpus</h2>")
    parts.append(f"<p class='words'>{html.escape(' '.join(corpus.tokens[:160]))} …</p>")
    planted = [f"{a} : {b} = {c} : {d}" for a, b, c, d in corpus.analogies[::37]]
    parts.append(f"<p>Planted analogies: {'; '.join(planted)}</p>")
    return "".join(parts)


def page():
    """Return the whole page as HTML."""
    return "".join(
        [
            "<!doctype html><html lang='en'><meta charset='utf-8'><title>Synthetic data</title>",
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            STYLE,
            "<h1>The course's own data</h1><h2>Rings</h2>",
            rings_sheet(),
            "<h2>Handwritten digits</h2>",
            labelled_sheet(make_digits(), 24, 1),
            "<h2>Objects</h2>",
            labelled_sheet(make_objects(), 16, 2),
            "<h2>Flowers</h2>",
            labelled_sheet(make_flowers(), 9, 1),
            "<h2>Faces</h2>",
            faces_sheet(),
            "<h2>Scenes with captions</h2>",
            scenes_sheet(),
            texts_sheet(),
            "</html>",
        ]
    )
