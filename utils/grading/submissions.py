"""Finds the submissions in what Moodle, Canvas or Google Classroom export: folders, files, zips.

Nothing is unpacked: a notebook inside a zip is read from it, into memory, within a limit.
"""

import os
import re
import stat
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from ..errors import CourseError
from .reading import MAX_BYTES, NotGradable, read_bytes, too_large

MAX_ENTRIES, MAX_ZIP = 20_000, 2 << 30  # entries of an archive; its bytes
LEFT_OUT = re.compile(r"(^|/)(__MACOSX|\.[^/.][^/]*)(/|$)")
MOODLE = re.compile(r"^(?P<name>.+)_(?P<id>\d+)_(assignsubmission|onlinetext)")
CANVAS = re.compile(r"^(?P<name>[^_]+)(?:_LATE)?_(?P<id>\d+)_(?P<file>\d+)_")


@dataclass(frozen=True)
class Submission:
    """One learner's work. name: str, as the export calls it; folder: str, safe for a file's name.

    places: tuple of (path of a file, name inside it or None), the notebooks that it holds;
    problem: str, why it can't be graded, or ''.
    """

    name: str
    folder: str
    places: tuple = ()
    problem: str = ""
    is_canary = False

    def notebooks(self):
        """Yield (name, bytes or the NotGradable) of each notebook."""
        for path, inner in self.places:
            try:
                yield inner or Path(path).name, _read(path, inner)
            except NotGradable as error:
                yield inner or Path(path).name, error

    @property
    def learner(self):
        """(name, number) as the export's file name tells them; the number may be ''."""
        found = MOODLE.match(self.name) or CANVAS.match(self.name)
        return (found["name"], found["id"]) if found else (self.name, "")


def find(place):
    """Return the submissions in a folder, a zip file, or a notebook, in the order of their names.

    place: pathlib.Path. Raises CourseError where there is none.
    """
    if place.is_dir():
        found = [item for path in sorted(place.iterdir()) for item in _from_path(path)]
    elif place.exists():
        found = _from_path(place, is_batch=True)
    else:
        raise CourseError(f"There is no {place}.")
    if not found:
        raise CourseError(f"There is no notebook in {place}.")
    return _with_folders(found)


def _from_path(path, is_batch=False):
    """Return (name, places, problem) of each submission that an entry of the export holds."""
    name = path.name
    if LEFT_OUT.search(name):
        return []
    if path.is_symlink():
        return [(path.stem, (), "This is a symbolic link, which is not followed.")]
    if path.is_dir():
        return [_from_folder(path)]
    if name.lower().endswith(".zip"):
        return _from_zip(path, is_batch)
    if name.lower().endswith(".ipynb"):
        return [(path.stem, ((str(path), None),), "")]
    return []


def _from_folder(path):
    places = []
    for folder, names, files in os.walk(path, followlinks=False):
        names.sort()
        for file in sorted(files):
            relative = os.path.relpath(os.path.join(folder, file), path)
            if LEFT_OUT.search(relative):
                continue
            if file.lower().endswith(".ipynb"):
                places.append((os.path.join(folder, file), None))
            elif file.lower().endswith(".zip"):
                for _, inner, _ in _from_zip(Path(folder, file), is_batch=False):
                    places += inner
        if len(places) > 100:
            return path.name, (), "The folder holds more than 100 notebooks."
    return path.name, tuple(places), "" if places else "The folder holds no notebook."


def _from_zip(path, is_batch):
    """Return one submission; of a batch's archive, one for each file or folder at its top."""
    try:
        names = [name for name in _names_in(path) if name.lower().endswith(".ipynb")]
    except NotGradable as error:
        return [(path.stem, (), str(error))]
    if not is_batch:
        problem = "" if names else "The zip file holds no notebook."
        return [(path.stem, tuple((str(path), name) for name in names[:100]), problem)]
    groups = {}
    common = os.path.commonpath(names) if len(names) > 1 else ""
    for name in names:
        first = name[len(common) :].lstrip("/").split("/")[0]
        key = first.rsplit(".ipynb", 1)[0] if first else name
        groups.setdefault(key, []).append((str(path), name))
    return [(key, tuple(places), "") for key, places in sorted(groups.items())]


def _names_in(path):
    """Return the names of an archive's files. Raises NotGradable where something is wrong."""
    with _open_zip(path) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise NotGradable(f"The zip file has more than {MAX_ENTRIES:,} entries.")
        return [entry.filename for entry in entries if not LEFT_OUT.search(entry.filename)]


def _open_zip(path):
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_ZIP:
            raise NotGradable("The zip file is a link, no regular file, or over 2 GB.")
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise NotGradable("The zip file is damaged.") from None


def _read(path, inner):
    if inner is None:
        return read_bytes(path)
    with _open_zip(Path(path)) as archive:
        entry = archive.getinfo(inner)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise NotGradable("The zip file holds a symbolic link in the notebook's place.")
        try:
            with archive.open(entry) as file:
                data = file.read(MAX_BYTES + 1)  # whatever size the archive states
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
        ):
            raise NotGradable("The notebook in the zip file is damaged or encrypted.") from None
    problem = too_large(len(data))
    if problem:
        raise NotGradable(f"Unpacked, it is larger than {MAX_BYTES >> 20} MB: a zip bomb?")
    return data


def _with_folders(found):
    """Give each submission a folder of its own, whose name is safe on any system."""
    taken, submissions = {}, []
    for name, places, problem in found:
        folder = safe_name(name)
        number = taken[folder.lower()] = taken.get(folder.lower(), 0) + 1
        if number > 1:
            folder = f"{folder} ({number})"
        submissions.append(Submission(name, folder, places, problem))
    return submissions


def safe_name(name):
    """Return a name that is one folder's on any system, and never one above."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name)
    name = name.encode("utf-8", "replace")[:150].decode("utf-8", "ignore").strip(" .")
    return name or "_"
