"""Looks into zip files without unpacking them: at their names, and at one file, within limits."""

import io
import re
import stat
import zipfile
from contextlib import contextmanager

from .learner_names import learner_of
from .reading import MAX_BYTES, NotGradable, too_large
from .scripts import is_courses, is_script

MAX_ENTRIES, MAX_DIRECTORY = 20_000, 4 << 20  # of an archive; bytes of its list of entries
MAX_ZIP, MAX_INNER = 2 << 30, 50 << 20  # bytes of an archive; of one inside another
MAX_INNER_ZIPS, MAX_UNPACKED = 20, 200 << 20  # per learner: looked into; bytes of these together
TOO_MANY = f"The zip file has more than {MAX_ENTRIES:,} entries."
TOO_MANY_ZIPS = f"It contains more than {MAX_INNER_ZIPS} zip files."
TOO_DEEP = "Its zip files contain zip files: unpack them, and hand in the notebook itself."
LEFT_OUT = re.compile(r"(^|/)(__MACOSX|\.[^/.][^/]*)(/|$)")


class _Careful(io.BufferedReader):
    """A file that refuses to read much at once: zipfile reads a list of entries of any length."""

    limit = MAX_DIRECTORY

    def read(self, size=-1):
        if self.limit is not None and size > self.limit:
            raise NotGradable(TOO_MANY)
        return super().read(size)


def _list(file):
    """Return the archive in a _Careful file, once its list of entries has been read."""
    try:
        archive = zipfile.ZipFile(file)
    except NotGradable:
        raise
    except Exception:  # zipfile raises errors of many kinds on a damaged file
        raise NotGradable("The zip file is damaged.") from None
    if len(archive.infolist()) > MAX_ENTRIES:
        raise NotGradable(TOO_MANY)
    file.limit = None
    return archive


@contextmanager
def opened(path):
    """Open an archive, whose list of entries takes time where it is long. Raises NotGradable."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_ZIP:
        raise NotGradable("The zip file is a link, isn't a regular file, or is over 2 GB.")
    try:
        raw = io.FileIO(path)
    except OSError as error:
        raise NotGradable(f"The zip file can't be read ({error.strerror}).") from None
    with _Careful(raw) as file:
        yield _list(file)


def _content(archive, name, limit):
    """Return an entry's bytes, at most one more than `limit`, whatever size the archive states."""
    try:
        entry = archive.getinfo(name)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise NotGradable("The zip file contains a symbolic link in place of the notebook.")
        with archive.open(entry) as file:
            return file.read(limit + 1)
    except NotGradable:
        raise
    except Exception:  # each way of compressing has errors of its own
        raise NotGradable("The notebook in the zip file is damaged or encrypted.") from None


def _inner(archive, name):
    """Return an archive that another one contains, and its size in bytes."""
    data = _content(archive, name, MAX_INNER)
    if len(data) > MAX_INNER:
        raise NotGradable(f"A zip file in the zip file is larger than {MAX_INNER >> 20} MB.")
    return _list(_Careful(io.BytesIO(data))), len(data)


def read_inside(path, *names):
    """Return the bytes of a file in an archive, or in an archive in that. Raises NotGradable.

    path: pathlib.Path; names: str, of the entry, or of the inner archive and its entry.
    """
    with opened(path) as archive:
        for name in names[:-1]:
            archive, _ = _inner(archive, name)
        data = _content(archive, names[-1], MAX_BYTES)
    if too_large(len(data)):
        raise NotGradable(f"Unpacked, it is larger than {MAX_BYTES >> 20} MB: a zip bomb?")
    return data


def names_in(archive):
    """Return the names of an archive's entries, without those that systems add."""
    return [name for name in archive.namelist() if not LEFT_OUT.search(name)]


def notebooks_in(path, archive, names):
    """Return (places, problem): the notebooks and .py among some entries, and in the archives
    there.

    path: pathlib.Path of the archive; places: list of (path, name) or (path, name of the inner
    archive, name in it), all str.
    """
    places = [(str(path), name) for name in names if is_work(name)]
    zips = [name for name in names if name.lower().endswith(".zip")]
    problem, left = TOO_MANY_ZIPS if zips[MAX_INNER_ZIPS:] else "", MAX_UNPACKED
    for name in zips[:MAX_INNER_ZIPS]:
        if left < 0:
            problem = f"Unpacked, its zip files are over {MAX_UNPACKED >> 20} MB together."
            break
        try:
            inner, size = _inner(archive, name)
        except NotGradable as error:
            problem, left = str(error), left - MAX_INNER  # perhaps that much was unpacked
            continue
        left, found = left - size, names_in(inner)
        problem = TOO_DEEP if any(item.lower().endswith(".zip") for item in found) else problem
        places += [(str(path), name, item) for item in found if is_work(item)]
    return places, problem


def is_work(name):
    """Whether a file is a notebook, or a .py that isn't the course's. name: str, with slashes."""
    return name.lower().endswith(".ipynb") or (is_script(name) and not is_courses(name))


def groups(names):
    """Return {file or folder: the entries in it} of a batch, below the folders that all share.

    A folder's key ends with a slash. A folder alone in a folder is no batch but one learner's, who
    chose the name of the inner one.
    """
    split = [([part for part in name.split("/") if part not in ("", ".")], name) for name in names]
    inner = split
    while _share_a_folder(inner):
        inner = [(parts[1:], name) for parts, name in inner]
    found = _by_top(inner)
    return found if len(found) > 1 else _by_top(split)


def _by_top(split):
    found = {}
    for parts, name in split:
        is_folder = len(parts) > 1 or name.endswith("/")
        if parts:
            found.setdefault(parts[0] + "/" * is_folder, []).append(name)
    return dict(sorted(found.items()))


def _share_a_folder(split):
    """Whether all entries lie in one folder that is no learner's."""
    tops = {parts[0] for parts, _ in split if parts}
    files = any(len(parts) == 1 and not name.endswith("/") for parts, name in split)
    return len(tops) == 1 and not files and not learner_of(*tops, is_folder=True)[1]
