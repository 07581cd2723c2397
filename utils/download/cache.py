"""Decides where a file comes from: the cache, a mirror, or an address in the registry.

Every file that it returns is complete and verified.
"""

import contextlib
import hashlib
import json
import os
from dataclasses import replace

from .. import config, places, registry
from ..errors import CourseError
from ..files import is_readable, lock_beside, must_be_readable, reason, write_whole
from .encoding import undo
from .order import Attempts
from .parts import drop_all, parts_for, parts_here, read_note
from .problems import CannotWrite, OtherVersion, TransferError, shown
from .rate import TooSlow, minimum_rate, remember
from .sources import mirror_in_use, sources
from .transfer import transfer

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
    default = config.ROOT / "data" / "cache"
    return places.named(asked, "COURSE_DATA", config.ROOT) if asked else default


def fetch(name):
    """Return the path of a verified file, downloading it if it isn't in the cache.

    name: str, a name in data/registry.toml. Sources, in this order: the cache, the mirror that
    `COURSE_MIRROR` names (a folder or an address), each address of the registry. Processes that
    want the same file at once wait for a single transfer. If the cache can't be written, the file
    is kept in the user's own cache folder.
    Returns a pathlib.Path. Raises CourseError for an unknown name, DownloadError if no source has
    the file.
    """
    entry = registry.lookup(name)
    target = cache_folder() / name
    if is_recorded(entry, target) or _serves_unrecorded(entry, target):
        return target
    try:
        return places.keep(target.parent, "", lambda folder: _fetched(entry, folder / name))
    except places.NoPlace as error:
        raise DownloadError(str(error)) from None


def _fetched(entry, target):
    must_be_readable(target)
    with lock_beside(target):
        if not (is_recorded(entry, target) or _adopt(entry, target)):
            _download(entry, target)
    return target


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
    if not record or not is_readable(target) or target.stat().st_size != record["bytes"]:
        return False
    mirror = mirror_in_use()
    from_mirror = mirror is not None and record["source"].startswith(mirror)
    return not entry.hash or record["hash"] == entry.hash or from_mirror


def _write_record(target, source, known_hash):
    record = {"bytes": target.stat().st_size, "hash": known_hash, "source": source}
    with contextlib.suppress(OSError):  # without one, the file is verified again next time
        write_whole(_record_of(target), json.dumps(record))


def problem_with(path, entry):
    """Return what is wrong with a file's size or hash, or None."""
    try:
        size = path.stat().st_size
        got = hash_of(path, entry.hash) if entry.hash and entry.bytes in (None, size) else ""
    except OSError as error:
        return f"it can't be read: {reason(error)}"
    if entry.bytes is not None and size != entry.bytes:
        return f"wrong size: expected {entry.bytes:,} bytes, got {size:,}"
    if not entry.hash and entry.about and not 0.5 < size / entry.about < 2:
        return f"wrong size: expected about {entry.about:,} bytes, got {size:,}"
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


def _serves_unrecorded(entry, target):
    """Return whether a cache that can't be written has the right file, but no record of it."""
    if not (is_readable(target) and target.is_file() and places.problem_with(target.parent)):
        return False
    return any(problem_with(target, version) is None for _, version in sources(entry, []))


def _download(entry, target):
    """Try each source until one has the right file; record it, or raise DownloadError."""
    minimum_rate()  # a wrong setting is said before anything is fetched
    tried = []
    attempts = Attempts(entry.name, sources(entry, tried))
    for url, version in attempts:
        watch = attempts.watch(url)
        try:
            problem = _download_from(url, version, target, watch, entry)
        except TooSlow:
            continue  # what has arrived stays
        except CannotWrite as error:
            if error.error is not None and error.error.errno in places.OF_A_PLACE:
                raise error.error from None  # another folder may do
            raise DownloadError(str(error)) from None
        if problem is None:
            remember(url, watch.rate())
            return
        attempts.failed(url)
        tried.append(f"  - {shown(url)}\n    {problem}")
    lines = [f"{entry.name} could not be downloaded from any source:", *tried]
    raise DownloadError("\n".join([*lines, WAYS_OUT.format(folder=target.parent)]))


def _download_from(url, version, target, watch, entry):
    """Fetch, verify, rename, record. Returns None, or what went wrong in words."""
    key = "" if version.hash == entry.hash else version.hash.partition(":")[2][:8]
    problem = None
    for part in parts_for(target, url, key, bool(version.hash)):
        had = part.size()
        try:
            transfer(url, part, version, watch)
            problem = _accept(url, version, part)
        except OtherVersion as error:
            problem = str(error)
            continue  # with a part of its own: that one may be right
        except TransferError as error:
            return str(error)
        except CannotWrite as error:
            if problem is None or error.error is not None:
                raise
            return f"{problem}; beside that part, {error}"  # which another source may complete
        if problem is None:
            return None
        # What was here before may still be right; if this source added nothing, it is wrong.
        part.cut(had if part.shared and had < part.size() else 0)
        if not had:
            return problem
    return problem


def _accept(url, version, part):
    """Verify a part and give it the file's name. Returns None, or what is wrong with it."""
    target, expected = part.target, expected_of(version, part.target)
    problem = undo(part, lambda path: problem_with(path, expected), expected)
    if problem:
        return problem
    found = expected.hash or hash_of(part.path)
    with part.writing():
        os.replace(part.path, target)
        drop_all(target)
    _write_record(target, url, found)
    if not expected.hash:
        print(f"{version.name}: no trusted source states its hash. Recorded this one: {found}")
    return None


def state_of(entry):
    """Return a file's state in words, and where it came from."""
    target = cache_folder() / entry.name
    if is_recorded(entry, target):
        return "here", read_record(target)["source"]
    if os.path.isfile(target):
        return "here, not verified", "?"
    parts = parts_here(target)
    if parts:
        return f"{parts[0] / max(entry.about, 1):.0%} here", entry.urls[0]
    return "not here", entry.urls[0]
