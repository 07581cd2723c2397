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
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import requests
from filelock import FileLock
from pooch import file_hash

from . import config, registry
from .errors import CourseError
from .files import write_whole
from .transfer import DiskFull, TransferError, drop_part, part_of, read_note, timeouts, transfer

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
    return _folder(asked, "COURSE_DATA") if asked else config.ROOT / "data" / "cache"


def _folder(asked, variable):
    """Return an absolute path; a relative one starts at the course's root, not at the kernel's."""
    try:
        return (config.ROOT / Path(asked).expanduser()).resolve()
    except RuntimeError as error:
        raise CourseError(f"{variable} names '{asked}', which is no folder: {error}") from None


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
    if _is_recorded(entry, target):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        locked = lock_beside(target)
    except OSError as error:
        return _from_read_only(entry, target, error)
    with locked:
        if not (_is_recorded(entry, target) or _adopt(entry, target)):
            _download(entry, target)
    return target


def lock_beside(path):
    """Return a held lock beside a file or folder, for `with`. Any user may take it.

    Raises OSError where nothing can be written.
    """
    return FileLock(path.with_name(f".{path.name}.lock"), mode=0o666).acquire()


def hash_of(path, like=""):
    """Return a file's hash as 'sha256:…' or 'md5:…'. like: a hash whose algorithm is taken."""
    algorithm = like.partition(":")[0] or "sha256"
    return f"{algorithm}:{file_hash(str(path), alg=algorithm)}"


def versioned_name(path):
    """Return a name for what is made of a fetched file: another content gets another name."""
    known = _read_record(path).get("hash") or hash_of(path)
    return f"{path.name}.{known.partition(':')[2][:10]}"


# --- records: beside each file, what was verified and where it came from


def _record_of(target):
    return target.with_name(f".{target.name}.json")


def _read_record(target):
    """Return {"bytes", "hash", "source"}, or {} where there is no such record."""
    record = read_note(_record_of(target))
    return record if {"bytes", "hash", "source"} <= set(record) else {}


def _is_recorded(entry, target):
    """Whether the file is here as it was verified, and is the one that is asked for now.

    That is the registry's, or one that came from the mirror in use: asking the mirror each time
    would need a network.
    """
    record = _read_record(target)
    if not record or not target.is_file() or target.stat().st_size != record["bytes"]:
        return False
    mirror = _mirror_address()
    from_mirror = mirror is not None and record["source"].startswith(mirror)
    return not entry.hash or record["hash"] == entry.hash or from_mirror


def _write_record(target, source, known_hash):
    record = {"bytes": target.stat().st_size, "hash": known_hash, "source": source}
    write_whole(_record_of(target), json.dumps(record))


def _problem(path, entry):
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


def _expected(version, target):
    """Return a version with the hash that was recorded at a first download, if none is stated."""
    return version if version.hash else replace(version, hash=_read_record(target).get("hash", ""))


def _adopt(entry, target):
    """Accept a file that somebody put into the cache, if it is the right one; return whether."""
    if not target.is_file():
        return False
    for source, version in _sources(entry, []):
        expected = _expected(version, target)
        if _problem(target, expected) is None:
            where = source if version is not entry else "put into the cache by hand"
            _write_record(target, where, expected.hash or hash_of(target))
            return True
    print(f"{target.name} in {target.parent} is not the file that is asked for; fetching that.")
    return False


def _from_read_only(entry, target, error):
    """Use a file of a cache that can't be written, or say what to do."""
    if not target.is_file():
        raise DownloadError(
            f"{entry.name} isn't in {target.parent}, and nothing can be written there "
            f"({error.strerror}). Ask whoever keeps that folder to run `python -m utils.download "
            f"{entry.name}`, or let COURSE_DATA name a folder of your own."
        ) from None
    problems = [_problem(target, version) for _, version in _sources(entry, [])]
    if None not in problems:
        raise DownloadError(f"{target} is not the right file: {problems[0]}.") from None
    return target


# --- sources


_mirrors = {}  # address: its entries, once they could be read


def _mirror_address():
    """Return the address or folder that `COURSE_MIRROR` names, or None."""
    mirror = os.environ.get("COURSE_MIRROR", "").strip()
    if mirror.startswith("file:"):
        mirror = url2pathname(urlsplit(mirror).path)
    if not mirror or mirror.startswith(("http://", "https://")):
        return mirror.rstrip("/") or None
    return str(_folder(mirror, "COURSE_MIRROR"))


def mirror_files():
    """Return the entries that the mirror's registry states, {name: Entry}; {} without a mirror.

    Raises CourseError where it can't be read, or is no registry.
    """
    mirror = _mirror_address()
    try:
        return _mirror_entries(mirror) if mirror else {}
    except TransferError as error:
        raise CourseError(f"COURSE_MIRROR, {mirror}: {error}") from None


def _mirror_entries(mirror):
    """Return the entries of a mirror's registry.toml; none where it has no such file.

    Raises TransferError where it can't be read, CourseError where it is no registry.
    """
    if mirror not in _mirrors:
        source = f"{mirror}/registry.toml"
        text = _read_from(source)
        _mirrors[mirror] = registry.parse(text, source) if text is not None else {}
    return _mirrors[mirror]


def _read_from(source):
    """Return the text at an address or path, or None where there is none."""
    try:
        if not source.startswith("http"):
            path = Path(source)
            return path.read_text(encoding="utf-8") if path.is_file() else None
        answer = requests.get(source, timeout=timeouts())
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        return answer.content.decode("utf-8")
    except (requests.RequestException, OSError, UnicodeDecodeError) as error:
        raise TransferError(f"its registry.toml can't be read: {error}") from None


def _sources(entry, tried):
    """Yield (address, entry as that address should have it): the mirror first.

    tried: a list to which it adds a line if the mirror can't be used.
    """
    mirror = _mirror_address()
    if mirror:
        try:
            yield f"{mirror}/{entry.name}", registry.with_mirror(entry, _mirror_entries(mirror))
        except (TransferError, CourseError) as error:
            tried.append(f"  - {mirror}\n    {error}")
    for url in entry.urls:
        yield url, entry


def _download(entry, target):
    """Try every source until one gives a right file; record it; or raise DownloadError."""
    tried = []
    try:
        for url, version in _sources(entry, tried):
            problem = _download_from(url, version, target)
            if problem is None:
                return
            tried.append(f"  - {url}\n    {problem}")
    except DiskFull as error:
        raise DownloadError(str(error)) from None
    lines = [f"{entry.name} could not be had from any source:", *tried]
    raise DownloadError("\n".join([*lines, WAYS_OUT.format(folder=target.parent)]))


def _download_from(url, entry, target):
    """Fetch, verify, rename, record. Returns None, or what went wrong in words."""
    resumed = part_of(target).is_file()
    try:
        part = transfer(url, target, entry.bytes, entry.about, resumable=bool(entry.hash))
    except TransferError as error:
        return str(error)
    expected = _expected(entry, target)
    problem = _problem(part, expected)
    if problem:
        drop_part(target)  # never used; and if it grew out of an older part, start over once
        return _download_from(url, entry, target) if resumed else problem
    found = expected.hash or hash_of(part)
    os.replace(part, target)
    drop_part(target)
    _write_record(target, url, found)
    if not expected.hash:
        print(f"{entry.name}: no trusted source states its hash. Recorded this one: {found}")
    return None


# --- the command line


def state_of(entry):
    """Return a file's state in words, and where it came from."""
    target = cache_folder() / entry.name
    if _is_recorded(entry, target):
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
    """Read every cached file again; remove those that are wrong. Returns whether all were right."""
    right = True
    for entry in registry.entries().values():
        target = cache_folder() / entry.name
        if not target.is_file():
            continue
        versions = [_expected(version, target) for _, version in _sources(entry, [])]
        problems = [_problem(target, version) for version in versions]
        if None in problems:
            stated = versions[problems.index(None)].hash
            print(f"{entry.name}: {f'right ({stated})' if stated else 'its hash is not known'}")
        else:
            right = False
            target.unlink()
            print(f"{entry.name}: {problems[0]}. It was removed; "
                  f"`python -m utils.download {entry.name}` fetches it.")  # fmt: skip
    return right


def make_mirror(folder):
    """Copy every verified file of the cache into a folder, and add it to the folder's registry."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "registry.toml"
    known = registry.parse(path.read_text(encoding="utf-8"), path) if path.is_file() else {}
    for entry in registry.entries().values():
        target, copy = cache_folder() / entry.name, folder / entry.name
        if not _is_recorded(entry, target):
            continue
        record = _read_record(target)
        shutil.copyfile(target, part_of(copy))
        if hash_of(part_of(copy), record["hash"]) != record["hash"]:
            part_of(copy).unlink()
            print(f"{entry.name}: damaged, not copied; run `python -m utils.download --verify`")
            continue
        os.replace(part_of(copy), copy)
        known[entry.name] = replace(entry, hash=record["hash"], bytes=record["bytes"])
        print(f"{entry.name}: copied")
    tables = [f'["{e.name}"]\nhash = "{e.hash}"\nbytes = {e.bytes}\n' for e in known.values()]
    path.write_text("\n".join(tables), encoding="utf-8")
    print(f"{len(known)} files in {folder}. Learners set COURSE_MIRROR to it, or to its address.")


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
    except (CourseError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
