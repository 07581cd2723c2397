"""Looks through learners' uploads as Moodle, Canvas or Google Classroom hand them over: folders,
files, zips.

Nothing is unpacked: a notebook inside a zip is read from it, into memory, within a limit.
"""

import os
from pathlib import Path
from typing import NamedTuple

from . import classroom
from .archives import (
    LEFT_OUT,
    MAX_INNER_ZIPS,
    TOO_MANY_ZIPS,
    groups,
    is_work,
    names_in,
    notebooks_in,
    opened,
)
from .handed_in import of_place
from .learner_names import clean, tag_of
from .reading import NotGradable
from .scripts import is_script

MAX_NOTEBOOKS = 100  # per learner; as many .py
WORK = (".ipynb", ".zip", ".py")
EMPTY_FILE, EMPTY_FOLDER, EMPTY_ZIP = (
    "The file isn't a notebook.",
    "The folder contains no notebook.",
    "The zip file contains no notebook.",
)
A_CLASS = (
    "The zip file holds the work of {} people: is it what an LMS exported for the whole class? "
    "Then give it to the command in place of the folder that it is in."
)
COURSES_FILE = "A .py of that name is the course's own, so it isn't read: rename it."


class Upload(NamedTuple):
    """A file or folder that was found in an export.

    name: str, without the file's ending; places and problem are those of submissions.Submission;
    times: tuple of str, when each place was handed in, as `handed_in.of_place` gives it.
    """

    name: str
    places: tuple
    problem: str
    is_folder: bool = False
    times: tuple = ()

    @property
    def tag(self):
        return tag_of(clean(self.name), self.is_folder)

    @property
    def is_empty(self):
        """Whether there is nothing to grade in it, and nothing that is wrong with it."""
        return self.problem in (EMPTY_FILE, EMPTY_FOLDER, EMPTY_ZIP, COURSES_FILE)


def from_path(path):
    """Return the uploads that a file or folder holds: one, or none."""
    if LEFT_OUT.search(path.name):
        return []
    if path.is_symlink():
        return [Upload(path.stem, (), "This is a symbolic link, which isn't followed.")]
    if path.is_dir():
        return [] if _holds_only_reports(path) else [_timed(path.name, *_in_folder(path), True)]
    if path.suffix.lower() == ".zip":
        return [_timed(path.stem, *_in_zip(path, is_one=bool(tag_of(path.stem).number)))]
    if is_work(path.name):
        return [_timed(path.stem, ((str(path),),), "")]
    return _other_file(path.name)


def _timed(name, places, problem, is_folder=False, archive=None):
    times = tuple(of_place(place, archive) for place in places)
    return Upload(name, tuple(places), problem, is_folder, times)


def holds_a_class(path):
    """Whether a zip file holds what an LMS exports for a whole class, as the names in it say."""
    if path.suffix.lower() != ".zip" or path.is_symlink() or tag_of(path.stem).number:
        return False
    try:
        with opened(path) as archive:
            return _people_in(names_in(archive)) > 1
    except NotGradable:
        return False


def _people_in(names):
    """Return how many people an LMS named in an archive. names: list of str, its entries.

    Two files of one learner may look like Google Classroom's names of two people.
    """
    keys = list(groups(names))
    tags = [tag_of(clean(key.rstrip("/")), key.endswith("/")) for key in keys]
    stems = [clean(os.path.splitext(key)[0]) for key in keys if is_work(key)]
    known = {classroom.same(name) for name, _ in classroom.read(stems) if name}
    return max(len({tag.number for tag in tags if tag.number}), len(known) if len(known) > 2 else 0)


def from_batch(path):
    """Return one upload for each file or folder at the top of a batch's archive."""
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
        elif kind.lower() not in WORK or (is_script(key) and not is_work(key)):
            found += _other_file(key)
            continue
        places, problem = notebooks_in(path, archive, names)
        found.append(_timed(name, *limited(places, problem or EMPTY_FOLDER), is_folder, archive))
    return found


def _other_file(name):
    """Return a file that holds no notebook as an upload, where its name tells whose it is."""
    problem = COURSES_FILE if is_script(name) else EMPTY_FILE
    found = Upload(name, (), problem)
    return [found] if found.tag.number else []


def is_report(path):
    """Whether a folder is what a run of the command wrote."""
    parts = ("feedback", "details")
    return (path / "run.json").is_file() and any((path / part).is_dir() for part in parts)


def _holds_only_reports(path):
    """Whether a folder is a report, or contains nothing else; one that an LMS named for a learner
    isn't, as the learner chose what lies in it."""
    if tag_of(path.name, True).number:
        return False
    if is_report(path):
        return True
    try:
        inner = [item for item in path.iterdir() if not LEFT_OUT.search(item.name)]
    except OSError:
        return False
    return bool(inner) and all(item.is_dir() and is_report(item) for item in inner)


def _in_folder(path):
    places, problem, zips = [], "", 0
    for folder, names, files in os.walk(path, followlinks=False):
        names.sort()
        for file in sorted(files):
            place = Path(folder, file)
            inside = place.relative_to(path.parent).as_posix()
            if LEFT_OUT.search(os.path.relpath(place, path)):
                continue
            if is_work(inside):
                places.append((str(place),))
            elif file.lower().endswith(".zip"):
                zips += 1
                inner, why = _in_zip(place) if zips <= MAX_INNER_ZIPS else ((), TOO_MANY_ZIPS)
                places, problem = [*places, *inner], problem or why
        if sum(not is_script(place[-1]) for place in places) > MAX_NOTEBOOKS:
            break
    return limited(places, problem or EMPTY_FOLDER)


def _in_zip(path, is_one=True):
    """Return (places, problem) of a zip file. is_one: whether it is one learner's for sure."""
    try:
        with opened(path) as archive:
            names = names_in(archive)
            if not is_one and (people := _people_in(names)) > 1:
                return (), A_CLASS.format(people)
            places, problem = notebooks_in(path, archive, names)
    except NotGradable as error:
        return (), str(error)
    return limited(places, problem or EMPTY_ZIP)


def limited(places, problem):
    """Return (places, problem); a problem only matters where there is nothing to grade.

    Too many .py are a library that lies beside the work: then they are left out.
    """
    notebooks = [place for place in places if not is_script(place[-1])]
    if len(notebooks) > MAX_NOTEBOOKS:
        return (), f"It contains more than {MAX_NOTEBOOKS} notebooks."
    if len(places) - len(notebooks) > MAX_NOTEBOOKS:
        places, problem = notebooks, f"It contains more than {MAX_NOTEBOOKS} .py files."
    return tuple(places), "" if places else problem
