"""Images in files, decoded on demand, in batches, on all cores."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from ..errors import CourseError

PIECES = 8  # tasks per batch: few enough to cost little, enough to share out evenly
MAX_PIXELS = 100_000_000  # a larger image is a mistake, or an attack


def read_image(path, size=None):
    """Return a file's image as uint8 (H, W, 3), 0 to 255: RGB, upright, without alpha.

    path: str or pathlib.Path. size: None, or (height, width) to scale it to. A photo's EXIF
    rotation is applied; transparent parts become white. Raises CourseError, which names the file,
    if it can't be read.
    """
    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError(f"it has more than {MAX_PIXELS:,} pixels")
            if size and image.format == "JPEG":
                # The decoder itself can halve an image: much less work, the same picture.
                image.draft("RGB", (size[1], size[0]))
            ImageOps.exif_transpose(image, in_place=True)
            if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
                image = image.convert("RGBA")
                image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
            if image.mode.startswith("I"):  # 16 bits per pixel
                image = image.convert("I").point(lambda value: value / 257).convert("L")
            if image.mode != "RGB":
                image = image.convert("RGB")
            if size and image.size != (size[1], size[0]):
                image = image.resize((size[1], size[0]), Image.Resampling.BILINEAR)
            return np.array(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CourseError(f"{Path(path).name} can't be read as an image: {error}") from None


class ImageFiles(Sequence):
    """A sequence of images in files; each is decoded on access.

    paths: list of str or pathlib.Path. images[i] is a uint8 array (H, W, 3); images[a:b] and
    images[array of ints] are ImageFiles again.
    """

    def __init__(self, paths):
        self.paths = [Path(path) for path in paths]

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return ImageFiles(self.paths[index])
        if isinstance(index, (list, np.ndarray)):
            return ImageFiles([self.paths[i] for i in np.arange(len(self))[index]])
        return read_image(self.paths[index])

    def read(self, index, size):
        """Return image number `index` scaled to size (height, width), uint8."""
        return read_image(self.paths[index], size)


class EditedImages(Sequence):
    """A sequence of images, each changed by a function on access.

    images: a sequence of uint8 images (H, W, C), such as ImageFiles. edit: function from an
    image to the changed one, such as a crop.
    """

    def __init__(self, images, edit):
        self.images, self.edit = images, edit

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        if isinstance(index, (slice, list, np.ndarray)):
            return EditedImages(self.images[index], self.edit)
        return self.edit(self.images[index])


def join_images(*parts):
    """Return sequences of images as one, the first part first: decoded no earlier than before.

    parts: uint8 arrays (n, H, W, C) of one size, which become one array, or ImageFiles.
    """
    if all(isinstance(part, ImageFiles) for part in parts):
        return ImageFiles([path for part in parts for path in part.paths])
    return np.concatenate(parts)


def scaled(images, index, size):
    """Return one image of a sequence of images, uint8, at size (height, width)."""
    if isinstance(images, ImageFiles):
        return images.read(index, size)
    image = images[index]
    if image.shape[:2] == tuple(size):
        return image
    picture = Image.fromarray(image.squeeze() if image.shape[-1] == 1 else image)
    result = np.asarray(picture.resize((size[1], size[0]), Image.Resampling.BILINEAR))
    return result[..., None] if image.shape[-1] == 1 else result


def read_batch(images, indices, size, pool):
    """Return images as one uint8 array (n, height, width, C), decoded by a pool's threads.

    indices: ints. size: (height, width). pool: a ThreadPoolExecutor; Pillow lets other threads run
    while it decodes, so threads use all cores.
    """
    first = scaled(images, indices[0], size)
    batch = np.empty((len(indices), *first.shape), np.uint8)
    batch[0] = first

    def fill(start):
        for row in range(start, len(indices), PIECES):
            batch[row] = scaled(images, indices[row], size)

    list(pool.map(fill, range(1, PIECES + 1)))
    return batch


def make_pool(threads=None):
    """Return a pool of threads for `read_batch`: one per core by default."""
    return ThreadPoolExecutor(threads or os.cpu_count() or 2, thread_name_prefix="images")
