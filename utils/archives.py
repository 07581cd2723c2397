"""Unpack an archive that may be hostile: only plain files, only inside its own folder."""

import os
import shutil
import tarfile
import zipfile
from pathlib import Path, PurePosixPath

from filelock import FileLock
from pooch import os_cache

from .download import cache_folder, fetch
from .errors import CourseError
from .registry import lookup

SPARE_BYTES = 20 << 20
MAX_GROWTH = 12  # a course archive unpacks to at most a few times its size


class ArchiveError(CourseError):
    """An archive holds something that is not unpacked; nothing of it was kept."""


def unpack(name):
    """Return the folder with an archive's files, fetching and unpacking it if it isn't there.

    name: str, a .zip, .tgz or .tar.gz in data/registry.toml. The folder is complete or absent:
    it gets its name when the last file is in it. Raises ArchiveError for members that are no plain
    files or folders, that would lie outside, or that are far larger than the registry says.
    """
    folder = unpacked_folder() / name
    if folder.is_dir():
        return folder
    archive = fetch(name)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f".{name}.lock")):
        if not folder.is_dir():
            limit = MAX_GROWTH * max(lookup(name).about, archive.stat().st_size) + SPARE_BYTES
            extract(archive, folder, limit)
    return folder


def unpacked_folder():
    """Return where archives are unpacked: in the cache, or the user's own if that is read-only."""
    cache = cache_folder()
    if os.access(cache if cache.exists() else cache.parent, os.W_OK) or not cache.exists():
        return cache / "unpacked"
    if (cache / "unpacked").is_dir():
        return cache / "unpacked"
    return Path(os_cache("intro-to-deep-learning")) / "unpacked"


def extract(archive, folder, limit):
    """Unpack an archive into a folder that doesn't exist yet.

    archive, folder: pathlib.Path. limit: int, the most bytes that the files may have in all.
    """
    building = folder.with_name(f".{folder.name}.unpacking")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        if zipfile.is_zipfile(archive):
            _extract_zip(archive, building, limit)
        else:
            _extract_tar(archive, building, limit)
        os.replace(building, folder)
    except (OSError, tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        raise ArchiveError(f"{archive.name} can't be unpacked: {error}") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _checked(name, archive):
    """Return a member's name if it stays inside the folder; raise ArchiveError otherwise."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or [""])[0]:
        raise ArchiveError(f"{archive.name} is refused: it holds '{name}', outside its folder.")
    return path


def _count(total, size, archive, limit):
    total += size
    if total > limit:
        raise ArchiveError(
            f"{archive.name} is refused: its files would take more than {limit:,} bytes, far over "
            "what the registry says."
        )
    return total


def _extract_tar(archive, folder, limit):
    total = 0
    with tarfile.open(archive) as tar:
        for member in tar:
            path = _checked(member.name, archive)
            if not (member.isfile() or member.isdir()):
                raise ArchiveError(
                    f"{archive.name} is refused: '{member.name}' is a link or a device."
                )
            total = _count(total, member.size, archive, limit)
            if member.isfile():
                _write(tar.extractfile(member), folder / path)


def _extract_zip(archive, folder, limit):
    total = 0
    with zipfile.ZipFile(archive) as zipped:
        for member in zipped.infolist():
            path = _checked(member.filename, archive)
            kind = member.external_attr >> 28  # the file type of a Unix mode: 8 file, 4 folder
            if kind not in (0, 4, 8):
                raise ArchiveError(
                    f"{archive.name} is refused: '{member.filename}' is a link or a device."
                )
            total = _count(total, member.file_size, archive, limit)
            if not member.is_dir():
                _write(zipped.open(member), folder / path)


def _write(source, target):
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
    with source, open(target, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
