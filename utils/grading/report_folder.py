"""The folder of a report: whether it can be written, what run it holds, and how to leave no trace.

A run that can't begin leaves nothing behind, so that the same command works once it can.
"""

import contextlib
import json
import os
import shutil
from pathlib import Path

from ..errors import CourseError
from ..files import not_read, not_written

STATE = "run.json"
OTHER = "Name another folder with --out."


def check_place(folder):
    """Raise CourseError where a folder can't be made or written. folder: pathlib.Path."""
    try:
        place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    except OSError as error:
        raise CourseError(f"{not_written(folder, error)} {OTHER}") from None
    if not place.is_dir():
        raise CourseError(f"--out must name a folder, but {place} is a file: name another place.")
    if not os.access(place, os.W_OK | os.X_OK):
        raise CourseError(f"--out can't be used: you may not write into {place}. {OTHER}")


def make(folder):
    """Make a folder; return those that were made, the outermost first. Raises CourseError."""
    check_place(folder)
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(f"{not_written(folder, error)} {OTHER}") from None
    return missing[::-1]


def remove(folder, made, names):
    """Remove some files and folders in a folder, and the folders that were made if they're empty.

    made: as `make` returns it; names: list of str.
    """
    for name in names:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()
    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.rmdir()


def read_state(folder):
    """Return week, seed and `anonymous` of the run that a folder holds, as a dict, or None.

    Raises CourseError where that can't be read.
    """
    path = Path(folder) / STATE
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        about = {name: _whole(state[name]) for name in ("week", "seed")}
        return {**about, "anonymous": state.get("anonymous") is True}
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise CourseError(not_read(path, error)) from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise CourseError(
            f'{path} is damaged: it should say {{"week": 1, "seed": 5}}, with the week and seed '
            "that each file in details/ has. Write it again, or name another folder with --out."
        ) from None


def _whole(value):
    if type(value) is not int:
        raise TypeError
    return value
