"""Labeled Faces in the Wild, or synthetic faces."""

import io
import tarfile

import numpy as np
from PIL import Image

from ..download.cache import fetch, versioned_name
from ..download.unpacking import cached
from ..files import written_whole
from .choice import real_or_synthetic
from .records import Faces
from .split import split_80_10_10
from .synthetic_faces import make_faces

ARCHIVE = "lfw-funneled.tgz"
CROP = 80  # pixels cut off each side of the 250×250 photo: hair and background
SEED = 42


def fetch_faces(image_size=32):
    """Return faces: uint8 (n, image_size, image_size, 3), 0 to 255, cropped to the face.

    Eight tenths of the people are in the training part, one tenth each in validation and test part:
    nobody is in two parts. The real set has no attributes (a_* have no columns). Synthetic: drawn
    faces of 32×32 with five attributes, whatever `image_size` is. Huang et al. (2007).
    """
    return real_or_synthetic("faces", lambda: _fetch(image_size), make_faces)


def _fetch(image_size):
    images, people = _read_all(image_size)
    names = np.unique(people)
    arrays = []
    for some in split_80_10_10(np.random.default_rng(SEED).permutation(names)):
        part = np.isin(people, some)
        arrays += [images[part], np.zeros((part.sum(), 0), np.int64)]
    return Faces(
        *arrays, attribute_names=(), source="Labeled Faces in the Wild (Huang et al. 2007)"
    )


def _read_all(image_size):
    """Return all faces and the names of their people; decoded faces are kept beside the archive."""
    archive = fetch(ARCHIVE)
    key = f"{versioned_name(archive)}.{image_size}.npz"
    with np.load(cached(key, lambda path: _write_all(archive, image_size, path))) as data:
        return data["images"], data["people"]


def _write_all(archive, image_size, path):
    """Decode and crop every face of the archive into one .npz file."""
    images, people = [], []
    with tarfile.open(archive, "r|gz") as tar:  # a stream: nothing is unpacked
        for member in tar:
            if member.isfile() and member.name.endswith(".jpg"):
                images.append(_face(tar.extractfile(member).read(), image_size))
                people.append(member.name.split("/")[-2])
    order = np.argsort(people, kind="stable")
    with written_whole(path) as file:
        np.savez(file, images=np.stack(images)[order], people=np.array(people)[order])


def _face(data, image_size):
    with Image.open(io.BytesIO(data)) as image:
        box = (CROP, CROP, image.width - CROP, image.height - CROP)
        scaled = image.convert("RGB").resize((image_size,) * 2, Image.Resampling.BOX, box)
        return np.asarray(scaled)
