"""Fetch the course's files: verified, resumed, from the first source that has them.

python -m utils.download                list every file with size, state and source
python -m utils.download week3 NAME     fetch a week's files, or single ones
python -m utils.download --verify       read every file again and compare its hash
python -m utils.download --mirror DIR   make a mirror for a classroom out of the cache
"""

import argparse
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import requests
from filelock import FileLock
from pooch import file_hash

from . import config, registry
from .errors import CourseError
from .transfer import (
    CONNECT_SECONDS,
    SILENCE_SECONDS,
    DiskFull,
    TransferError,
    drop_part,
    part_of,
    transfer,
)

WAYS_OUT = (
    "What you can do:\n"
    "  1. Try again when there is a network: it goes on where it stopped.\n"
    "  2. Let COURSE_MIRROR name a folder or address that holds the file (a colleague's "
    "`python -m utils.download --mirror DIR` makes one), or put the file into {folder} yourself.\n"
    "  3. Go on with the course's own small data: COURSE_PROFILE=tiny."
)


class DownloadError(CourseError):
    """A file can't be had from any source; the message lists all that was tried."""


def cache_folder():
    """Return the folder that holds the downloaded files: `COURSE_DATA`, else data/cache."""
    asked = os.environ.get("COURSE_DATA", "").strip()
    return Path(asked).expanduser().resolve() if asked else config.ROOT / "data" / "cache"


def fetch(name):
    """Return the path of a verified file, downloading it if it isn't in the cache.

    name: str, a name in data/registry.toml. Sources, in this order: the cache, the mirror that
    `COURSE_MIRROR` names (a folder or an address), each address of the registry. Processes that
    want the same file at once wait for one transfer.
    Returns a pathlib.Path. Raises CourseError for a name that isn't known, DownloadError where no
    source has the file.
    """
    entry = registry.lookup(name)
    target = cache_folder() / name
    if _is_recorded(target):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.with_name(f".{name}.lock"))
        lock.acquire()
    except OSError as error:
        return _from_read_only(entry, target, error)
    with lock:
        lock.release()  # `with` holds its own
        if not _is_recorded(target):
            _adopt(entry, target) or _download(entry, target)
    return target


def _record_of(target):
    return target.with_name(f".{target.name}.json")


def _read_record(target):
    try:
        return json.loads(_record_of(target).read_text())
    except (OSError, ValueError):
        return {}


def _is_recorded(target):
    """Whether the file is here in the size that it had when it was last verified."""
    record = _read_record(target)
    try:
        return target.is_file() and target.stat().st_size == record["bytes"]
    except KeyError:
        return False


def _write_record(target, source, algorithm_and_hash):
    record = {"bytes": target.stat().st_size, "hash": algorithm_and_hash, "source": source}
    text = _record_of(target).with_suffix(".tmp")
    text.write_text(json.dumps(record))
    os.replace(text, _record_of(target))


def hash_of(path, like=""):
    """Return a file's hash as 'sha256:…' or 'md5:…'. like: a hash whose algorithm is taken."""
    algorithm = like.partition(":")[0] or "sha256"
    return f"{algorithm}:{file_hash(str(path), alg=algorithm)}"


def _problem(path, entry):
    """Return what is wrong with a file's size or hash, or None."""
    size = path.stat().st_size
    if entry.bytes is not None and size != entry.bytes:
        return f"wrong size: expected {entry.bytes:,} bytes, got {size:,}"
    if entry.hash:
        got = hash_of(path, entry.hash)
        if got != entry.hash:
            return f"wrong content: expected {entry.hash}, got {got}"
    return None


def _versions(entry):
    """Return the entry as the registry, and as the mirror, states it."""
    mirror = _mirror()
    return [entry, registry.with_mirror(entry, mirror[1])] if mirror else [entry]


def _adopt(entry, target):
    """Accept a file that somebody put into the cache by hand, if its content is right."""
    if not target.is_file():
        return False
    for version in _versions(entry):
        if version.hash and _problem(target, version) is None:
            _write_record(target, "put into the cache by hand", version.hash)
            return True
    if any(version.hash for version in _versions(entry)):
        print(f"{target.name} in {target.parent} is not the right file; it is fetched anew.")
        target.unlink()
        return False
    _write_record(target, "put into the cache by hand", hash_of(target))
    return True


def _from_read_only(entry, target, error):
    """Use a file of a cache that can't be written, or say what to do."""
    if target.is_file():
        problems = [_problem(target, version) for version in _versions(entry)]
        if None in problems:
            return target
        raise DownloadError(f"{target} is not the right file: {problems[0]}.") from None
    raise DownloadError(
        f"{entry.name} isn't in {target.parent}, and nothing can be written there "
        f"({error.strerror}). Ask whoever keeps that folder to run `python -m utils.download "
        f"{entry.name}`, or let COURSE_DATA name a folder of your own."
    ) from None


@cache
def _mirror_entries(mirror):
    """Return the entries of a mirror's registry.toml; none where it has no registry."""
    if mirror.startswith(("http://", "https://")):
        url = f"{mirror.rstrip('/')}/registry.toml"
        try:
            answer = requests.get(url, timeout=(CONNECT_SECONDS, SILENCE_SECONDS))
        except requests.RequestException:
            return {}
        return registry.parse(answer.text, url) if answer.ok else {}
    path = Path(mirror) / "registry.toml"
    return registry.parse(path.read_text(encoding="utf-8"), path) if path.is_file() else {}


def _mirror():
    """Return the mirror's address and its entries, or None where `COURSE_MIRROR` names none."""
    mirror = os.environ.get("COURSE_MIRROR", "").strip()
    if not mirror:
        return None
    if not mirror.startswith(("http://", "https://")):
        mirror = str(Path(mirror).expanduser().resolve())
    return mirror, _mirror_entries(mirror)


def _sources(entry):
    """Yield (address, entry as that address should have it): the mirror first."""
    mirror = _mirror()
    if mirror:
        address, entries = mirror
        base = address if address.startswith("http") else Path(address).as_uri()
        yield f"{base.rstrip('/')}/{entry.name}", registry.with_mirror(entry, entries)
    for url in entry.urls:
        yield url, entry


def _download(entry, target):
    """Try every source until one gives a right file; record it; or raise DownloadError."""
    tried = []
    known = _read_record(target).get("hash", "")  # of a first download that was removed later
    try:
        for url, version in _sources(entry):
            problem = _download_from(url, version, target, known)
            if problem is None:
                return
            tried.append(f"  - {url}\n    {problem}")
    except DiskFull as error:
        raise DownloadError(str(error)) from None
    lines = [f"{entry.name} could not be had from any source:", *tried]
    raise DownloadError("\n".join([*lines, WAYS_OUT.format(folder=target.parent)]))


def _download_from(url, entry, target, known):
    """Fetch, verify, rename, record. Returns None, or what went wrong in words."""
    resumed = part_of(target).is_file()
    try:
        part = transfer(url, target, entry.bytes, entry.about, resumable=bool(entry.hash))
    except TransferError as error:
        return str(error)
    expected = entry if entry.hash else _with_hash(entry, known)
    problem = _problem(part, expected)
    if problem:
        drop_part(target)  # never used; and if it grew out of an older part, start over once
        return _download_from(url, entry, target, known) if resumed else problem
    found = expected.hash or hash_of(part)
    os.replace(part, target)
    drop_part(target)
    _write_record(target, url, found)
    if not expected.hash:
        print(f"{entry.name}: no trusted source states its hash. Recorded this one: {found}")
    return None


def _with_hash(entry, known):
    return registry.with_mirror(
        entry, {entry.name: registry.Entry(entry.name, hash=known, bytes=entry.bytes)}
    )


# --- the command line


def state_of(entry):
    """Return a file's state in words, and where it came from."""
    target = cache_folder() / entry.name
    if _is_recorded(target):
        return "here", _read_record(target)["source"]
    if target.is_file():
        return "here, not verified", "?"
    if part_of(target).is_file():
        return f"{part_of(target).stat().st_size / max(entry.about, 1):.0%} here", entry.urls[0]
    return "not here", entry.urls[0]


def list_files():
    """Print every file with its size, state and source."""
    print(f"cache: {cache_folder()}")
    for entry in registry.entries().values():
        state, source = state_of(entry)
        print(f"{entry.name:58} {registry.readable(entry.about):>9}  {state:18} {source}")


def verify():
    """Read every cached file again; remove wrong ones. Returns whether all were right."""
    right = True
    for entry in registry.entries().values():
        target = cache_folder() / entry.name
        if not target.is_file():
            continue
        record = _read_record(target)
        if record.get("hash") and hash_of(target, record["hash"]) == record["hash"]:
            print(f"{entry.name}: right ({record['hash']})")
        else:
            right = False
            target.unlink()
            print(
                f"{entry.name}: wrong, removed; `python -m utils.download {entry.name}` fetches it"
            )
    return right


def make_mirror(folder):
    """Copy every verified file of the cache into a folder, with a registry.toml of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = []
    for entry in registry.entries().values():
        target = cache_folder() / entry.name
        if _is_recorded(target):
            shutil.copyfile(target, part_of(folder / entry.name))
            os.replace(part_of(folder / entry.name), folder / entry.name)
            record = _read_record(target)
            tables.append(
                f'["{entry.name}"]\nhash = "{record["hash"]}"\nbytes = {record["bytes"]}\n'
            )
            print(f"{entry.name}: copied")
    (folder / "registry.toml").write_text("\n".join(tables), encoding="utf-8")
    print(f"{len(tables)} files in {folder}. Learners set COURSE_MIRROR to it, or to its address.")


def main(arguments=None):
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m utils.download",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", nargs="*", help="week1 … week6, week6-coco, or a file's name")
    parser.add_argument("--verify", action="store_true", help="read every file again")
    parser.add_argument("--mirror", type=Path, metavar="DIR", help="make a mirror in DIR")
    options = parser.parse_args(arguments)
    try:
        for what in options.what:
            known = what in registry.entries() or not what.startswith("week")
            for entry in [registry.lookup(what)] if known else registry.used_by(what):
                print(fetch(entry.name))
        if options.mirror:
            make_mirror(options.mirror)
        if options.verify and not verify():
            return 1
        if not (options.what or options.mirror or options.verify):
            list_files()
    except CourseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
