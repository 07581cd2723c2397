"""What the setup cell runs once it has found or fetched a copy of the course.

It is run by its path, since `utils` may still mean another package. It puts a fetched copy in its
place, makes `utils` mean the course, and sets it up.
"""

import importlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SetupError(Exception):
    """Why the course can't be set up, and what to do; a notebook shows this line alone."""

    def _render_traceback_(self):
        return [str(self)]


def start(scratch, place):
    """Set the course up; return its module `utils.course`.

    scratch: str, the folder that a copy is fetched into; if it is this one, it is moved to place,
    a pathlib.Path. Raises SetupError if that can't be done or this copy isn't whole, and
    CourseError if a package is missing.
    """
    root = _put(ROOT, place) if Path(scratch).resolve() == ROOT else ROOT
    _mean_course_by_utils(root)
    try:
        importlib.import_module("utils.packages").demand()
        course = importlib.import_module("utils.course")
    except ImportError as error:
        if (error.name or "").partition(".")[0] != "utils":
            raise
        raise SetupError(
            f"✗ The copy of the course in {root} isn't whole ({error}): fetch it anew, then run "
            "this cell again."
        ) from None
    course.setup()
    return course


def _put(fresh, place):
    """Copy a fetched course to its place, all at once; return the place.

    Another notebook may be doing the same: the first one wins.
    """
    mark = f"{place.name}-being-fetched"
    try:
        if os.path.lexists(place) and not (_is_course(place) or _is_empty(place)):
            raise SetupError(
                f"✗ {place} isn't this course, or not all of it: rename it, then run this cell "
                "again."
            )
        if not _is_course(place):
            with tempfile.TemporaryDirectory(prefix=f"{mark}-", dir=place.parent) as folder:
                copy = Path(shutil.copytree(fresh, Path(folder, "course"), symlinks=True))
                shutil.copymode(fresh / "utils", copy)  # `fresh` was made for this account alone
                if place.is_dir():
                    place.rmdir()  # Windows renames nothing to a folder that is there
                copy.rename(place)
    except OSError as error:
        if not _is_course(place):
            why = error.strerror or error
            raise SetupError(
                f"✗ The course can't be written to {place.parent} ({why}): open the notebook in a "
                "folder of yours that has space, then run this cell again."
            ) from None
    for left in place.parent.glob(f"{mark}*"):  # by tries that were cut off
        shutil.rmtree(left, ignore_errors=True)
    return place


def _is_empty(place):
    return place.is_dir() and not any(place.iterdir())


def _is_course(place):
    return os.path.isfile(place / "utils" / Path(__file__).name)


def _mean_course_by_utils(root):
    """Put the course first on `sys.path`, and forget another package of the same name."""
    sys.path[:] = [str(root), *(folder for folder in sys.path if folder != str(root))]
    for name in [name for name in sys.modules if name.partition(".")[0] == "utils"]:
        file = getattr(sys.modules[name], "__file__", None)
        if not (file and Path(file).resolve().is_relative_to(root)):
            del sys.modules[name]
    importlib.invalidate_caches()  # the folder may be newer than the last look at it
