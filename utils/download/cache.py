"""Decides where a file comes from: the cache, a mirror, or an address in the registry.

Every file that it returns is complete and verified.
"""

import hashlib
import json
import os
from dataclasses import replace

from filelock import FileLock

from .. import config, registry
from ..errors import CourseError
from ..files import write_whole
from .sources import folder_named, mirror_in_use, sources
from .transfer import DiskFull, TransferError, drop_part, part_of, read_note, transfer

WAYS_OUT = (
    "What you can do:\n"
    "  1. Try again when the network is back: the download resumes where it stopped.\n"
    "  2. Set COURSE_MIRROR to a folder or address that has the file (a colleague can make one: "
    "`python -m utils.download --mirror DIR`), or put the file into {folder} yourself.\n"
    "  3. Continue with small data sets that need no download: COURSE_PROFILE=tiny."
)


class DownloadError(CourseError):
    """A file could not be downloaded; the message lists what was tried."""


def cache_folder():
    """Return the folder for downloaded files: `COURSE_DATA`, or data/cache by default."""
    asked = os.environ.get("COURSE_DATA", "").strip()
    return folder_named(asked, "COURSE_DATA") if asked else config.ROOT / "data" / "cache"


def fetch(name):
    """Return the path of a verified file, downloading it if it isn't in the cache.

    name: str, a name in data/registry.toml. Sources, in this order: the cache, the mirror that
    `COURSE_MIRROR` names (a folder or an address), each address of the registry. Processes that
    want the same file at once wait for a single transfer.
    Returns a pathlib.Path. Raises CourseError for an unknown name, DownloadError if no source has
    the file.
    """
    entry = registry.lookup(name)
    target = cache_folder() / name
    if is_recorded(entry, target):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        locked = lock_beside(target)
    except OSError as error:
        return _from_read_only(entry, target, error)
    with locked:
        if not (is_recorded(entry, target) or _adopt(entry, target)):
            _download(entry, target)
    return target


def lock_beside(path):
    """Acquire a lock beside a file or folder, and return it for use in `with`. Any user may do so.

    Raises OSError if nothing can be written there.
    """
    return FileLock(path.with_name(f".{path.name}.lock"), mode=0o666).acquire()


def hash_of(path, like=""):
    """Return a file's hash as 'sha256:…' or 'md5:…'. like: a hash of the algorithm to use."""
    algorithm = like.partition(":")[0] or "sha256"
    with open(path, "rb") as file:
        return f"{algorithm}:{hashlib.file_digest(file, algorithm).hexdigest()}"


def versioned_name(path):
    """Return a name for what is made from a fetched file; it changes with the file's content."""
    known = read_record(path).get("hash") or hash_of(path)
    return f"{path.name}.{known.partition(':')[2][:10]}"


# --- records: beside each file, what was verified and where it came from


def _record_of(target):
    return target.with_name(f".{target.name}.json")


def read_record(target):
    """Return {"bytes", "hash", "source"}, or {} if there is no such record."""
    record = read_note(_record_of(target))
    return record if {"bytes", "hash", "source"} <= set(record) else {}


def is_recorded(entry, target):
    """Return whether the file is here, was verified, and is the version wanted now.

    That is the registry's version, or one from the mirror in use: asking the mirror each time
    would need a network.
    """
    record = read_record(target)
    if not record or not target.is_file() or target.stat().st_size != record["bytes"]:
        return False
    mirror = mirror_in_use()
    from_mirror = mirror is not None and record["source"].startswith(mirror)
    return not entry.hash or record["hash"] == entry.hash or from_mirror


def _write_record(target, source, known_hash):
    record = {"bytes": target.stat().st_size, "hash": known_hash, "source": source}
    write_whole(_record_of(target), json.dumps(record))


def problem_with(path, entry):
    """Return what is wrong with a file's size or hash, or None."""
    size = path.stat().st_size
    if entry.bytes is not None and size != entry.bytes:
        return f"wrong size: expected {entry.bytes:,} bytes, got {size:,}"
    if not entry.hash and entry.about and not 0.5 < size / entry.about < 2:
        return f"wrong size: expected about {entry.about:,} bytes, got {size:,}"
    if entry.hash:
        got = hash_of(path, entry.hash)
        if got != entry.hash:
            return f"wrong content: expected {entry.hash}, got {got}"
    return None


def expected_of(version, target):
    """Return a version; if it states no hash, with the one recorded at the first download."""
    return version if version.hash else replace(version, hash=read_record(target).get("hash", ""))


def _adopt(entry, target):
    """Accept a file that somebody put into the cache if it is right; return whether it is."""
    if not target.is_file():
        return False
    for source, version in sources(entry, []):
        expected = expected_of(version, target)
        if problem_with(target, expected) is None:
            where = source if version is not entry else "put into the cache by hand"
            _write_record(target, where, expected.hash or hash_of(target))
            return True
    print(f"{target.name} in {target.parent} is not the right file; downloading it again.")
    return False


def _from_read_only(entry, target, error):
    """Return a file in a read-only cache, or raise DownloadError, which says what to do."""
    if not target.is_file():
        raise DownloadError(
            f"{entry.name} isn't in {target.parent}, and nothing can be written there "
            f"({error.strerror}). Ask whoever maintains that folder to run "
            f"`python -m utils.download {entry.name}`, or set COURSE_DATA to a folder of your own."
        ) from None
    problems = [problem_with(target, version) for _, version in sources(entry, [])]
    if None not in problems:
        raise DownloadError(f"{target} is not the right file: {problems[0]}.") from None
    return target


def _download(entry, target):
    """Try each source until one has the right file; record it, or raise DownloadError."""
    tried = []
    try:
        for url, version in sources(entry, tried):
            problem = _download_from(url, version, target)
            if problem is None:
                return
            tried.append(f"  - {url}\n    {problem}")
    except DiskFull as error:
        raise DownloadError(str(error)) from None
    lines = [f"{entry.name} could not be downloaded from any source:", *tried]
    raise DownloadError("\n".join([*lines, WAYS_OUT.format(folder=target.parent)]))


def _download_from(url, entry, target):
    """Fetch, verify, rename, record. Returns None, or what went wrong in words."""
    resumed = part_of(target).is_file()
    try:
        part = transfer(url, target, entry.bytes, entry.about, resumable=bool(entry.hash))
    except TransferError as error:
        return str(error)
    expected = expected_of(entry, target)
    problem = problem_with(part, expected)
    if problem:
        drop_part(target)  # never used; if it continued an older part, start over once
        return _download_from(url, entry, target) if resumed else problem
    found = expected.hash or hash_of(part)
    os.replace(part, target)
    drop_part(target)
    _write_record(target, url, found)
    if not expected.hash:
        print(f"{entry.name}: no trusted source states its hash. Recorded this one: {found}")
    return None


def state_of(entry):
    """Return a file's state in words, and where it came from."""
    target = cache_folder() / entry.name
    if is_recorded(entry, target):
        return "here", read_record(target)["source"]
    if target.is_file():
        return "here, not verified", "?"
    if part_of(target).is_file():
        return f"{part_of(target).stat().st_size / max(entry.about, 1):.0%} here", entry.urls[0]
    return "not here", entry.urls[0]
