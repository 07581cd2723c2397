"""Images a second of our streams beside keras.utils.image_dataset_from_directory, same files.

    COURSE_MIRROR=... python -m tests.benchmarks.images

Both feed `predict` of a model that does next to nothing: every image is decoded once and scaled, in
batches of 32. They take turns; the first round warms the disk's cache and is not counted. Goal: not
slower.
"""

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

from utils import config  # noqa: E402
from utils.datasets.images import ImageFiles  # noqa: E402
from utils.datasets.stream import ImageStream  # noqa: E402
from utils.download.unpacking import unpack  # noqa: E402

ROUNDS = 5
BATCH = 32
SETS = {  # name: (archive, size, shorter side that the files are first enlarged to, or None)
    "flowers 250": ("102flowers.tgz", 250, None),
    "flowers 299": ("102flowers.tgz", 299, None),
    "flowers of 500, 250": ("102flowers.tgz", 250, 500),  # the publisher's files have 500 pixels
    "flowers of 500, 224": ("102flowers.tgz", 224, 500),
    "Flickr8k 224": ("Flickr8k_Dataset.zip", 224, None),
    "Flickr8k 299": ("Flickr8k_Dataset.zip", 299, None),
}


def count_images():
    """Return a model that does next to nothing: what is timed is the pipeline that feeds it."""
    inputs = keras.Input((None, None, 3))
    return keras.Model(inputs, keras.ops.max(inputs, axis=(1, 2, 3)))


def seconds(model, data):
    """Return the seconds that `predict` takes over all batches, and how many images it saw."""
    start = time.perf_counter()
    seen = len(model.predict(data, verbose=0))
    return time.perf_counter() - start, seen


def ours(model, paths, size):
    """Return images a second of an ImageStream."""
    stream = ImageStream(ImageFiles(paths), None, (size, size), BATCH)
    time_taken, seen = seconds(model, stream)
    assert seen == len(paths)
    return seen / time_taken


def theirs(model, folder, size):
    """Return images a second of image_dataset_from_directory."""
    data = keras.utils.image_dataset_from_directory(
        folder, labels=None, image_size=(size, size), batch_size=BATCH, shuffle=False, verbose=False
    )
    time_taken, seen = seconds(model, data)
    return seen / time_taken


def enlarged(paths, side, folder):
    """Write the images with a shorter side of `side` pixels into a folder; return it."""
    folder.mkdir(exist_ok=True)
    for path in paths:
        with Image.open(path) as image:
            factor = side / min(image.size)
            size = (round(image.width * factor), round(image.height * factor))
            image.resize(size, Image.Resampling.BICUBIC).save(folder / path.name, quality=90)
    return folder


def main():
    """Run all rounds and print a table."""
    print(f"{config.describe_machine()}\nmedian of {ROUNDS} rounds, images a second")
    print(f"{'set':20} {'images':>7} {'ours':>7} {'keras':>7} {'ours / keras':>13}")
    with tempfile.TemporaryDirectory() as cache:
        os.environ.setdefault("COURSE_DATA", cache)
        for name, (archive, size, side) in SETS.items():
            folder = unpack(archive)
            paths = sorted(Path(folder).rglob("*.jpg"))
            if side:
                folder = enlarged(paths, side, Path(cache) / "enlarged")
                paths = sorted(folder.glob("*.jpg"))
            model = count_images()
            pairs = [
                (ours(model, paths, size), theirs(model, folder, size)) for _ in range(ROUNDS + 1)
            ][1:]
            mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = np.median([a / b for a, b in pairs])
            print(f"{name:20} {len(paths):7} {mine:7.0f} {other:7.0f} {ratio:13.2f}")


if __name__ == "__main__":
    main()
