"""Looks through learners' uploads as Moodle, Canvas or Google Classroom hand them over: folders,
files, zips.

Each submission found is a tuple (name, places, problem), as submissions.Submission has them.
Nothing is unpacked: a notebook inside a zip is read from it, into memory, within a limit.
"""

import os
from pathlib import Path

from .archives import LEFT_OUT, groups, names_in, notebooks_in
from .learner_names import clean, learner_of
from .reading import NotGradable

MAX_NOTEBOOKS = 100  # per learner
EMPTY_FILE, EMPTY_FOLDER, EMPTY_ZIP = (
    "The file isn't a notebook.",
    "The folder contains no notebook.",
    "The zip file contains no notebook.",
)


def from_path(path):
    """Return the submissions that an uploaded file or folder holds: one, or none."""
    if LEFT_OUT.search(path.name):
        return []
    if path.is_symlink():
        return [(path.stem, (), "This is a symbolic link, which isn't followed.")]
    if path.is_dir():
        return [(path.name, *_in_folder(path))]
    if path.suffix.lower() == ".zip":
        return [(path.stem, *_in_zip(path))]
    if path.suffix.lower() == ".ipynb":
        return [(path.stem, ((str(path),),), "")]
    return _other_file(path.name)


def from_batch(path):
    """Return one submission for each file or folder at the top of a batch's archive."""
    try:
        batch = groups(names_in(path))
    except NotGradable as error:
        return [(path.stem, (), str(error))]
    found = []
    for key, names in batch.items():
        name, kind = os.path.splitext(key)
        if key.endswith("/"):
            name = key.rstrip("/")
        elif kind.lower() not in (".ipynb", ".zip"):
            found += _other_file(key)
            continue
        places, problem = notebooks_in(path, names)
        found.append((name, *_limited(places, problem or EMPTY_FOLDER)))
    return found


def without_extras(found):
    """Leave out what a learner with a notebook handed in beside it, as a picture or a text."""
    work = {_number(name) for name, places, _ in found if places} - {""}
    empty = (EMPTY_FILE, EMPTY_FOLDER, EMPTY_ZIP)
    return [item for item in found if item[2] not in empty or _number(item[0]) not in work]


def _number(name):
    return learner_of(clean(name))[1]


def _other_file(name):
    """Return a file that holds no notebook as a submission, where its name tells whose it is."""
    return [(name, (), EMPTY_FILE)] if _number(name) else []


def _in_folder(path):
    places, problem = [], ""
    for folder, names, files in os.walk(path, followlinks=False):
        names.sort()
        for file in sorted(files):
            place = Path(folder, file)
            if LEFT_OUT.search(os.path.relpath(place, path)):
                continue
            if file.lower().endswith(".ipynb"):
                places.append((str(place),))
            elif file.lower().endswith(".zip"):
                inner, why = _in_zip(place)
                places, problem = [*places, *inner], problem or why
        if len(places) > MAX_NOTEBOOKS:
            break
    return _limited(places, problem or EMPTY_FOLDER)


def _in_zip(path):
    try:
        places, problem = notebooks_in(path, names_in(path))
    except NotGradable as error:
        return (), str(error)
    return _limited(places, problem or EMPTY_ZIP)


def _limited(places, problem):
    """Return (places, problem); a problem only matters where there is nothing to grade."""
    if len(places) > MAX_NOTEBOOKS:
        return (), f"It contains more than {MAX_NOTEBOOKS} notebooks."
    return tuple(places), "" if places else problem
