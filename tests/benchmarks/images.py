"""Images a second of our streams beside keras.utils.image_dataset_from_directory, same files.

    COURSE_MIRROR=... python -m tests.benchmarks.images [--rounds 5]

All feed a model that does next to nothing: every image is decoded once and scaled, in batches of
32. Keras's way and ours go through `predict`; "for features" is ours as `utils.training.features`
reads it, as weeks 3 and 6 do with photos. They take turns; the first round warms the disk's cache
and is not counted. Goal: not slower. Beside them the CPU's milliseconds an image, which other work
on the machine changes little, and how far the pixels of both are from those of a whole decode that
Pillow has scaled.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("COURSE_PROFILE", "cpu")

import keras  # noqa: E402
import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402

from tests.benchmarks.figures import Figure, store  # noqa: E402
from utils import config  # noqa: E402
from utils.datasets.images import ImageFiles, read_image  # noqa: E402
from utils.datasets.stream import ImageStream  # noqa: E402
from utils.download.unpacking import unpack  # noqa: E402
from utils.training.features import _batches  # noqa: E402

BATCH = 32
COMPARED = 160  # images whose pixels are compared
SETS = {  # name: (archive, size, shorter side that the files are first enlarged to, or None)
    "flowers 250": ("102flowers.tgz", 250, None),
    "flowers 299": ("102flowers.tgz", 299, None),
    "flowers of 500, 250": ("102flowers.tgz", 250, 500),  # the publisher's files have 500 pixels
    "flowers of 500, 224": ("102flowers.tgz", 224, 500),
    "Flickr8k 224": ("Flickr8k_Dataset.zip", 224, None),
    "Flickr8k 299": ("Flickr8k_Dataset.zip", 299, None),
    "Flickr8k of 375, 224": ("Flickr8k_Dataset.zip", 224, 375),  # the publisher's: about 500 × 375
    "Flickr8k of 375, 299": ("Flickr8k_Dataset.zip", 299, 375),
}


def count_images():
    """Return a model that does next to nothing: what is timed is the pipeline that feeds it."""
    inputs = keras.Input((None, None, 3))
    return keras.Model(inputs, keras.ops.max(inputs, axis=(1, 2, 3)))


def stream(paths, size):
    """Return an ImageStream of all images of a set."""
    return ImageStream(ImageFiles(paths), None, (size, size), BATCH)


def keras_data(folder, size):
    """Return Keras's own pipeline over a folder of images."""
    return keras.utils.image_dataset_from_directory(
        folder, labels=None, image_size=(size, size), batch_size=BATCH, shuffle=False, verbose=False
    )


def for_features(model, paths, size):
    """Show all images to a model as `features.extract` does; return how many it has seen."""
    batches = _batches(stream(paths, size), np.arange(len(paths)))
    return sum(len(model.predict_on_batch(batch)[: len(rows)]) for rows, batch in batches)


def images_a_second(way, number):
    """Return images a second of a function that shows images to a model, and CPU ms an image."""
    start, cpu = time.perf_counter(), time.process_time()
    seen = way()
    assert seen == number
    return seen / (time.perf_counter() - start), 1000 * (time.process_time() - cpu) / seen


def difference(images, paths, size):
    """Return mean and largest difference of images from a whole decode, on a scale of 255."""
    found = []
    for image, path in zip(images, paths):
        with Image.open(path) as whole:
            scaled = whole.convert("RGB").resize((size, size), Image.Resampling.BILINEAR)
        found.append(np.abs(np.asarray(image, "float32") - np.asarray(scaled)))
    return float(np.mean(found)), float(np.max(found))


def enlarged(paths, side, folder):
    """Write the images with a shorter side of `side` pixels into a new folder; return it."""
    if folder.exists():
        return folder
    folder.mkdir()
    for path in paths:
        with Image.open(path) as image:
            factor = side / min(image.size)
            size = (round(image.width * factor), round(image.height * factor))
            image.resize(size, Image.Resampling.BICUBIC).save(folder / path.name, quality=90)
    return folder


def measure(paths, folder, size, rounds):
    """Return {way: (images a second, CPU ms an image) of each round}, and {whose: difference}."""
    model, compared = count_images(), paths[:COMPARED]
    ways = {
        "ours": lambda: len(model.predict(stream(paths, size), verbose=0)),
        "for features": lambda: for_features(model, paths, size),
        "Keras": lambda: len(model.predict(keras_data(folder, size), verbose=0)),
    }
    found = {way: [] for way in ways}
    for _ in range(rounds + 1):
        for way, show in ways.items():
            found[way].append(images_a_second(show, len(paths)))
    ours = [read_image(path, (size, size)) for path in compared]
    theirs = keras_data(folder, size).unbatch().take(COMPARED).as_numpy_iterator()
    pixels = {
        "ours": difference(ours, compared, size),
        "Keras": difference(theirs, compared, size),
    }
    return {way: each[1:] for way, each in found.items()}, pixels


def main(arguments=None):
    """Measure all sets, and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args(arguments).rounds
    print(config.describe_machine())
    figures, more = [], {}
    with tempfile.TemporaryDirectory() as cache:
        os.environ.setdefault("COURSE_DATA", cache)
        for name, (archive, size, side) in SETS.items():
            folder = unpack(archive)
            paths = sorted(Path(folder).rglob("*.jpg"))
            if side:
                folder = enlarged(paths, side, Path(cache) / f"{side}")
                paths = sorted(folder.glob("*.jpg"))
            found, pixels = measure(paths, folder, size, rounds)
            rates = {way: [rate for rate, _ in each] for way, each in found.items()}
            more[name] = {
                "images": len(paths),
                "a second": {way: statistics.median(each) for way, each in rates.items()},
                "CPU ms": {way: min(ms for _, ms in each) for way, each in found.items()},
                "pixels": pixels,
            }
            print(f"{name}: {more[name]}", flush=True)
            for way, what in (("ours", "ours / Keras"), ("for features", "for features / Keras")):
                ratios = [a / b for a, b in zip(rates[way], rates["Keras"], strict=True)]
                figures.append(Figure(f"{name}: {what}", ratios, "≥ 1"))
    store("images", figures, sets=more)


if __name__ == "__main__":
    main()
