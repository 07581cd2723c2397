"""Looks through learners' uploads as Moodle, Canvas or Google Classroom hand them over: folders,
files, zips.

Nothing is unpacked: a notebook inside a zip is read from it, into memory, within a limit.
"""

import os
from pathlib import Path
from typing import NamedTuple

from .archives import (
    LEFT_OUT,
    MAX_INNER_ZIPS,
    TOO_MANY_ZIPS,
    groups,
    names_in,
    notebooks_in,
    opened,
)
from .learner_names import clean, learner_of
from .reading import NotGradable

MAX_NOTEBOOKS = 100  # per learner
EMPTY_FILE, EMPTY_FOLDER, EMPTY_ZIP = (
    "The file isn't a notebook.",
    "The folder contains no notebook.",
    "The zip file contains no notebook.",
)


class Upload(NamedTuple):
    """A submission that was found; name, places and problem are those of submissions.Submission."""

    name: str
    places: tuple
    problem: str
    is_folder: bool = False

    @property
    def number(self):
        return learner_of(clean(self.name), self.is_folder)[1]


def from_path(path):
    """Return the submissions that an uploaded file or folder holds: one, or none."""
    if LEFT_OUT.search(path.name):
        return []
    if path.is_symlink():
        return [Upload(path.stem, (), "This is a symbolic link, which isn't followed.")]
    if path.is_dir():
        return [Upload(path.name, *_in_folder(path), True)]
    if path.suffix.lower() == ".zip":
        return [Upload(path.stem, *_in_zip(path))]
    if path.suffix.lower() == ".ipynb":
        return [Upload(path.stem, ((str(path),),), "")]
    return _other_file(path.name)


def from_batch(path):
    """Return one submission for each file or folder at the top of a batch's archive."""
    try:
        with opened(path) as archive:
            return _in_batch(path, archive)
    except NotGradable as error:
        return [Upload(path.stem, (), str(error))]


def _in_batch(path, archive):
    batch, found = groups(names_in(archive)), []
    for key, names in batch.items():
        name, kind = os.path.splitext(key)
        is_folder = key.endswith("/")
        if is_folder:
            name = key.rstrip("/")
        elif kind.lower() not in (".ipynb", ".zip"):
            found += _other_file(key)
            continue
        places, problem = notebooks_in(path, archive, names)
        found.append(Upload(name, *_limited(places, problem or EMPTY_FOLDER), is_folder))
    return found


def without_extras(found):
    """Leave out what a learner with a notebook handed in beside it, as a picture or a text."""
    work = {item.number for item in found if item.places} - {""}
    empty = (EMPTY_FILE, EMPTY_FOLDER, EMPTY_ZIP)
    return [item for item in found if item.problem not in empty or item.number not in work]


def _other_file(name):
    """Return a file that holds no notebook as a submission, where its name tells whose it is."""
    found = Upload(name, (), EMPTY_FILE)
    return [found] if found.number else []


def _in_folder(path):
    places, problem, zips = [], "", 0
    for folder, names, files in os.walk(path, followlinks=False):
        names.sort()
        for file in sorted(files):
            place = Path(folder, file)
            if LEFT_OUT.search(os.path.relpath(place, path)):
                continue
            if file.lower().endswith(".ipynb"):
                places.append((str(place),))
            elif file.lower().endswith(".zip"):
                zips += 1
                inner, why = _in_zip(place) if zips <= MAX_INNER_ZIPS else ((), TOO_MANY_ZIPS)
                places, problem = [*places, *inner], problem or why
        if len(places) > MAX_NOTEBOOKS:
            break
    return _limited(places, problem or EMPTY_FOLDER)


def _in_zip(path):
    try:
        with opened(path) as archive:
            places, problem = notebooks_in(path, archive, names_in(archive))
    except NotGradable as error:
        return (), str(error)
    return _limited(places, problem or EMPTY_ZIP)


def _limited(places, problem):
    """Return (places, problem); a problem only matters where there is nothing to grade."""
    if len(places) > MAX_NOTEBOOKS:
        return (), f"It contains more than {MAX_NOTEBOOKS} notebooks."
    return tuple(places), "" if places else problem
