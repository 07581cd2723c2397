"""The outputs of a frozen network on images, computed once and kept on disk."""

import errno
import hashlib
import os
import re
import shutil
import zlib
from concurrent.futures import ThreadPoolExecutor

import keras
import numpy as np

from .. import places
from ..datasets.images import EditedImages, ImageFiles
from ..datasets.stream import ImageStream
from ..display.curves import ProgressLine
from ..download.cache import cache_folder
from ..errors import CourseError
from ..files import lock_beside, must_be_readable, not_read

NUM_SEEN = 4  # images whose pixels, as the model sees them, go into the file's name


def extract(model, images, preprocess, size, batch_size, folder, key, dtype="float16"):
    """Return a model's outputs on images, (n, …), from a file that is computed once.

    A run that was killed continues with the batch it had reached. The file's name holds a hash of
    the model's weights, the images and what the model sees of them, so other features get another
    file. Every row has a checksum: damaged rows are noticed and computed again.

    model: keras.Model with one output, or with a dict of outputs: then the result has one field for
    each, as in `features["grid"]`. images: a sequence of uint8 images, as for ImageStream.
    preprocess: function from a float32 batch, 0 to 255, to the model's input. size: (height,
    width). batch_size: int. folder: for the file; if it can't be written, the file is kept in the
    user's own cache folder. key: str, the start of its name. dtype: of the result; float16 halves
    the file. Returns a read-only memory-mapped array.
    """

    def prepare(batch, rng):
        return preprocess(batch.astype("float32"))

    if len(images) == 0:
        raise CourseError(f"There are no images to extract '{key}' from.")
    stream = ImageStream(images, None, size, batch_size, transform=prepare)
    first = ImageStream(images[:NUM_SEEN], None, size, NUM_SEEN, transform=prepare)[0]
    shape, dtype = _kind(model.compute_output_shape(first.shape), len(images), dtype)
    digest = _digest([key, shape, str(dtype)], model, first, images)
    words = re.sub(r"\W+", "-", key)
    file_name = f"{words}-{digest}.npy"
    root, inner = _place(folder)
    path = root / inner / file_name

    def made(folder):
        path = folder / file_name
        must_be_readable(path)
        with lock_beside(path):
            if not _whole_rows(path, shape, dtype).all():  # no other process has done it meanwhile
                _compute(model, stream, path, shape, dtype)
        return path

    if not _whole_rows(path, shape, dtype).all():
        path = places.keep(root, inner, made, own="" if inner else "features")
    return np.load(path, mmap_mode="r")


def _place(folder):
    """Return a folder in two parts: the cache and what is in it, or itself and nothing."""
    folder, cache = places.named(folder, "The folder for features"), cache_folder()
    if folder.is_relative_to(cache):
        return cache, str(folder.relative_to(cache))
    return folder, ""


def _kind(output_shape, num_images, dtype):
    """Return shape and dtype of the result; the dtype has one field for each of several outputs."""
    if isinstance(output_shape, dict):
        fields = [(name, dtype, tuple(shape[1:])) for name, shape in output_shape.items()]
        return (num_images,), np.dtype(fields)
    return (num_images, *output_shape[1:]), np.dtype(dtype)


def _digest(words, model, first, images):
    """Return 16 characters that stand for everything that the result depends on."""
    layers = [type(layer).__name__ for layer in model.layers]
    found = hashlib.sha256(repr([words, layers, first.shape]).encode())
    for weight in model.weights:
        found.update(np.ascontiguousarray(keras.ops.convert_to_numpy(weight)))
    found.update(np.ascontiguousarray(first))
    while isinstance(images, EditedImages):
        images = images.images  # the first images show how they are edited
    for index in range(len(images)):
        found.update(_content(images, index))
    return found.hexdigest()[:16]


def _content(images, index):
    if isinstance(images, ImageFiles):
        path = images.paths[index]
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CourseError(not_read(path.name, error)) from None
        return f"{path.name} {len(data)} ".encode() + data
    return np.ascontiguousarray(images[index])


# --- the file of rows, and beside it one checksum per row, 0 for rows not computed yet


def _sums_of(path):
    return path.with_suffix(".sums.npy")


def _sum(row):
    return zlib.crc32(row.tobytes()) + 1


def _opened(path, shape, dtype, mode="r"):
    """Return the memory-mapped array in a file, or None if there is no such array."""
    try:
        array = np.load(path, mmap_mode=mode)
    except (OSError, ValueError, EOFError):
        return None
    return array if array.shape == shape and array.dtype == dtype else None


def _whole_rows(path, shape, dtype):
    """Return (n,) bool: which rows of a file are present and undamaged."""
    array, sums = _opened(path, shape, dtype), _opened(_sums_of(path), shape[:1], np.uint64)
    if array is None or sums is None:
        return np.zeros(shape[0], bool)
    return np.array([known > 0 and known == _sum(row) for row, known in zip(array, sums)])


def _writable(path, shape, dtype):
    """Return the memory-mapped array in a file, or a new one if there is no such array."""
    array = _opened(path, shape, dtype, "r+")
    if array is not None:
        _reserve(path)
        return array
    path.unlink(missing_ok=True)  # another array, or one that another account left
    needed = np.dtype(dtype).itemsize * int(np.prod(shape))
    free = shutil.disk_usage(path.parent).free
    if needed > free:
        raise OSError(errno.ENOSPC, f"{needed:,} bytes are needed, and {free:,} are free")
    try:
        array = np.lib.format.open_memmap(path, "w+", dtype, shape)
        _reserve(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return array


def _reserve(path):
    """Take a file's room on the disk now; a mapped file that runs out of it kills the process."""
    if not hasattr(os, "posix_fallocate"):  # macOS
        return
    with open(path, "r+b") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, os.fstat(file.fileno()).st_size)
        except OSError as error:
            if error.errno in places.OF_A_PLACE:  # others: this file system knows no reserving
                raise


def _compute(model, stream, path, shape, dtype):
    """Compute the missing rows in a file of another name; rename it when it is complete."""
    part = path.with_suffix(".part.npy")
    if path.exists():  # it is damaged: only bad rows are computed again
        for old, new in ((_sums_of(path), _sums_of(part)), (path, part)):
            if old.exists():
                os.replace(old, new)
    done = _whole_rows(part, shape, dtype)
    array, sums = _writable(part, shape, dtype), _writable(_sums_of(part), shape[:1], np.uint64)
    sums[~done] = 0
    line = ProgressLine()
    line.start(done.mean())
    for rows, batch in _batches(stream, np.flatnonzero(~done)):
        _put(array, rows, model.predict_on_batch(batch))
        sums[rows] = [_sum(array[row]) for row in rows]  # a row counts from here on
        done[rows] = True
        line.show(f"{done.sum():,} of {len(done):,} images", done.mean(), lasting=done.all())
    array.flush()
    sums.flush()
    os.replace(part, path)
    os.replace(_sums_of(part), _sums_of(path))


def _put(array, rows, outputs):
    """Write a model's outputs on a batch into rows of an array; the batch may be longer."""
    if not isinstance(outputs, dict):
        array[rows] = np.asarray(outputs)[: len(rows)]
        return
    for name, values in outputs.items():
        array[name][rows] = np.asarray(values)[: len(rows)]


def _batches(stream, rows):
    """Yield (rows, batch); while the model works, a thread decodes the next batch.

    The last batch is padded to full length, so that nothing is compiled just for it.
    """
    if len(rows) == 0:
        return
    groups = [rows[i : i + stream.batch_size] for i in range(0, len(rows), stream.batch_size)]
    stream.order = np.pad(rows, (0, -len(rows) % stream.batch_size), mode="edge")
    with ThreadPoolExecutor(1) as reader:
        batch = reader.submit(stream.__getitem__, 0)
        for number, group in enumerate(groups):
            ready = batch.result()
            if number + 1 < len(groups):
                batch = reader.submit(stream.__getitem__, number + 1)
            yield group, ready
