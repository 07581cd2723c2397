"""Unpack an archive that may be hostile: only plain files, only inside its own folder."""

import shutil
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath

from .. import places
from ..errors import CourseError
from ..files import building, is_readable, lock_beside, must_be_readable
from ..registry import lookup
from .cache import DownloadError, cache_folder, fetch, versioned_name

SPARE_BYTES = 20 << 20
MAX_MEMBERS = 500_000
# What the libraries raise for an archive that is damaged, encrypted or of an unknown kind.
BROKEN = (OSError, EOFError, RuntimeError, tarfile.TarError, zipfile.BadZipFile, zlib.error)
MAX_GROWTH = 12  # a course archive unpacks to at most a few times its size


class ArchiveError(CourseError):
    """An archive is damaged, or holds something that is refused; none of it was kept."""


def unpack(name):
    """Return the folder with an archive's files, fetching and unpacking it if necessary.

    name: str, a .zip, .tgz or .tar.gz in data/registry.toml. The folder is complete or absent:
    it gets its name once the last file is in it. Raises ArchiveError for members that aren't plain
    files or folders, that would lie outside it, or that are far larger than the registry says.
    """
    archive = fetch(name)
    limit = MAX_GROWTH * max(lookup(name).about, archive.stat().st_size) + SPARE_BYTES
    return cached(versioned_name(archive), lambda folder: extract(archive, folder, limit))


def cached(key, build):
    """Return the path of something in the cache, which `build(path)` makes if it isn't there.

    key: str, its name. build: function of a pathlib.Path that makes it, completely or not at all.
    If the cache can't be written, it is kept in the user's own cache folder. Raises DownloadError
    if it can't be kept anywhere.
    """
    for root in (cache_folder(), *places.own_folders()):
        if is_readable(root / "unpacked" / key):
            return root / "unpacked" / key
    try:
        return places.keep(cache_folder(), "unpacked", lambda folder: _built(folder / key, build))
    except places.NoPlace as error:
        raise DownloadError(str(error)) from None


def _built(path, build):
    must_be_readable(path)
    with lock_beside(path):
        if not path.exists():
            build(path)
    return path


def extract(archive, folder, limit):
    """Unpack an archive into a folder that doesn't exist yet; if it fails, none is left.

    archive, folder: pathlib.Path. limit: int, the most bytes that the files may have together.
    Raises OSError if the folder can't be written.
    """
    with building(folder) as unfinished:
        unfinished.mkdir(parents=True)
        try:
            if zipfile.is_zipfile(archive):
                _extract_zip(archive, unfinished, limit)
            else:
                _extract_tar(archive, unfinished, limit)
        except BROKEN as error:
            if isinstance(error, OSError) and error.errno in places.OF_A_PLACE:
                raise
            raise ArchiveError(f"{archive.name} can't be unpacked: {error}") from None


def _checked(name, archive):
    """Return a member's name if it stays inside the folder; raise ArchiveError otherwise."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise ArchiveError(f"{archive.name} is refused: '{name}' lies outside its folder.")
    return path


class _Budget:
    """Counts what an archive unpacks to, and refuses far more than expected."""

    def __init__(self, archive, limit):
        self.archive, self.bytes, self.members, self.limit = archive, 0, 0, limit

    def take(self, size):
        self.bytes += size
        self.members += 1
        if self.bytes > self.limit or self.members > MAX_MEMBERS:
            raise ArchiveError(
                f"{self.archive.name} is refused: it holds more than {self.limit:,} bytes or "
                f"{MAX_MEMBERS:,} files, far more than the registry says."
            )


def _extract_tar(archive, folder, limit):
    budget = _Budget(archive, limit)
    with tarfile.open(archive) as tar:
        for member in tar:
            path = _checked(member.name, archive)
            if not (member.isfile() or member.isdir()):
                raise ArchiveError(
                    f"{archive.name} is refused: '{member.name}' is a link or a device."
                )
            budget.take(member.size)
            if member.isfile():
                _write(tar.extractfile(member), folder / path)


def _extract_zip(archive, folder, limit):
    budget = _Budget(archive, limit)
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.infolist():
            path = _checked(member.filename, archive)
            kind = member.external_attr >> 28  # the file type of a Unix mode: 8 file, 4 folder
            if kind not in (0, 4, 8):
                raise ArchiveError(
                    f"{archive.name} is refused: '{member.filename}' is a link or a device."
                )
            budget.take(member.file_size)
            if not member.is_dir():
                _write(zipped.open(member), folder / path)


def _write(source, target):
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    with source, open(target, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
