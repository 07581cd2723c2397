"""Where things are kept: where it was asked for, or else in a folder of the user's own."""

import errno
import os
import stat
import tempfile
from pathlib import Path

from .errors import CourseError
from .files import CLOSED, FULL, GONE, not_written

COURSE = "intro-to-deep-learning"
DRIVES = ("/content/drive", "/content/gdrive")  # where Colab's users mount theirs
BLOCK = 4096  # bytes: a full disk still lets an empty file be made
OF_A_PLACE = CLOSED | FULL | GONE  # errors that another place may not have

_said = set()  # what was said in this process


class NoPlace(CourseError):
    """Something can be written neither where it was asked for nor in a folder of the user's own."""


def say_once(text, about=None):
    """Print a text, unless this process did so before. about: hashable, what it is about."""
    if (about or text) not in _said:
        _said.add(about or text)
        print(text)


def named(asked, setting, start=""):
    """Return the absolute path that a setting names.

    asked: str or path. setting: str, its name. start: folder that a relative path starts from, by
    default the current one. Raises CourseError if it can't be a path, or if it is on a Drive that
    isn't mounted.
    """
    try:
        path = (Path(start) / Path(asked).expanduser()).resolve()
    except (RuntimeError, ValueError, OSError) as error:
        raise CourseError(f"{setting} names '{asked}', which can't be used: {error}") from None
    drive = _not_mounted(path)
    if drive:
        raise CourseError(_how_to_mount(setting, path, drive))
    return path


def _not_mounted(path):
    """Return the Drive that a path should be on if none is mounted there, otherwise None."""
    for drive in DRIVES:
        if path.is_relative_to(drive):
            on_it = [place for place in (path, *path.parents) if place.is_relative_to(drive)]
            return None if any(map(os.path.ismount, on_it)) else drive
    return None


def _how_to_mount(setting, path, drive):
    lines = [
        f"{setting} names {path}, but no Drive is mounted at {drive}: what is saved there would be "
        "lost with this session. Mount it, and run this cell again:",
        "    from google.colab import drive",
        f"    drive.mount('{drive}')",
    ]
    if os.path.isdir(drive) and os.listdir(drive):
        lines.append(f"Move what is in {drive} elsewhere first: a Drive needs an empty folder.")
    return "\n".join(lines)


def own_folders():
    """Return folders of the user's own for what can't be kept elsewhere; they may not exist yet.

    The first is the user's cache folder, the second is in the folder for temporary files.
    """
    from platformdirs import user_cache_path  # here, so that the doctor can say that it is missing

    cache, temporary = user_cache_path(COURSE), _temporary()
    found = [cache] if cache.is_absolute() else []  # without a home folder it starts with "~"
    if temporary and (not os.path.lexists(temporary) or _is_mine(temporary)):
        found.append(temporary)
    return found


def _temporary():
    try:
        return Path(tempfile.gettempdir()) / f"{COURSE}-{_user()}"
    except FileNotFoundError:  # there is no such folder that can be written
        return None


def _user():
    return getattr(os, "getuid", lambda: 0)()


def _is_mine(folder):
    """Return whether only this account can write a folder: others may put files into /tmp."""
    found = os.lstat(folder)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == _user() and not found.st_mode & 0o022


def make(folder):
    """Make a folder, with those above it, if it isn't there.

    Raises OSError if it can't be made, or if it is on a Drive that isn't mounted any more.
    """
    if _not_mounted(folder):
        raise OSError(errno.ENOTCONN, "the Drive isn't mounted any more", str(folder))
    temporary = _temporary()
    if temporary and folder.is_relative_to(temporary):
        temporary.mkdir(mode=0o700, exist_ok=True)
        if not _is_mine(temporary):
            raise PermissionError(errno.EACCES, "it belongs to another account", str(folder))
    folder.mkdir(parents=True, exist_ok=True)


def problem_with(folder):
    """Make a folder if it isn't there; return the OSError if nothing can be written into it."""
    try:
        make(folder)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(BLOCK))
    except OSError as error:
        return error
    return None


def keep(root, inner, work, own=""):
    """Return work(folder) for the first folder that can be written; say so if it isn't root's.

    root: pathlib.Path, the folder that was asked for; inner: str, the folder inside it, or "".
    Where that is closed, full or gone, it is the folder `own` (or `inner`) in one of the user's
    own. work: function of a pathlib.Path; it raises OSError if it can't write there.
    Raises NoPlace if nothing can be written anywhere.
    """
    others = [place / own for place in own_folders()]
    problems = []
    for place in (root, *others):
        folder = place / inner
        error = problem_with(folder)
        if error is None:
            if problems:
                words = f"{problems[0]} What belongs there is kept in {place} instead."
                say_once(words, about=(root, place))
            try:
                return work(folder)
            except OSError as raised:
                if raised.errno not in OF_A_PLACE:
                    raise
                error = raised
        problems.append(not_written(folder, error))
    problems.append("Free some space, or choose a folder that you can write.")
    raise NoPlace("\n".join(problems))
