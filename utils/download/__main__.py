"""Fetch the course's files: verified, resumed, from the first source that has them.

python -m utils.download                list every file with size, state and source
python -m utils.download week3 NAME     fetch a week's files, or single files
python -m utils.download --verify       read every file again and compare its hash
python -m utils.download --mirror DIR   make a mirror for a classroom out of the cache
"""

import argparse
import contextlib
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from .. import registry
from ..errors import CourseError
from ..files import building, is_readable, not_written, reason, write_whole
from .cache import (
    DownloadError,
    cache_folder,
    expected_of,
    fetch,
    hash_of,
    is_recorded,
    problem_with,
    read_record,
    state_of,
)
from .sources import sources


def list_files():
    """Print every file with its size, state and source."""
    print(f"cache: {cache_folder()}")
    for entry in registry.entries().values():
        state, source = state_of(entry)
        print(f"{entry.name:58} {registry.readable(entry.about):>9}  {state:18} {source}")


def verify():
    """Read every cached file again and remove wrong ones. Returns whether all were right."""
    right = True
    for entry in registry.entries().values():
        target = cache_folder() / entry.name
        if not os.path.isfile(target):
            continue
        if not is_readable(target):
            right = False
            print(f"{entry.name}: it can't be read; ask whoever put it there for permission.")
            continue
        versions = [expected_of(version, target) for _, version in sources(entry, [])]
        problems = [problem_with(target, version) for version in versions]
        if None in problems:
            stated = versions[problems.index(None)].hash
            print(f"{entry.name}: {f'right ({stated})' if stated else 'its hash is not known'}")
        else:
            right = False
            print(f"{entry.name}: {problems[0]}. {_remove(target)}")
    return right


def _remove(target):
    """Remove a wrong file; return a sentence on what to do."""
    again = f"`python -m utils.download {target.name}` fetches it again."
    try:
        target.unlink()
    except OSError as error:
        return f"It can't be removed from {target.parent}: {reason(error)}. Elsewhere, {again}"
    return f"It was removed; {again}"


class _Damaged(Exception):
    """A copy isn't what was verified."""


def make_mirror(folder):
    """Copy every verified file in the cache to a folder, and add it to the registry there.

    Raises CourseError if the folder can't be written, or holds a registry that can't be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "registry.toml"
        known = registry.parse(path.read_text(encoding="utf-8"), path) if path.is_file() else {}
        _fetch_what_goes_along()
        for entry in registry.entries().values():
            copied = _copied(entry, folder)
            if copied:
                known[entry.name] = copied
        tables = [f'["{e.name}"]\nhash = "{e.hash}"\nbytes = {e.bytes}\n' for e in known.values()]
        write_whole(path, "\n".join(tables))
    except UnicodeDecodeError:
        raise CourseError(f"{path} is not a registry of files: it isn't text.") from None
    except OSError as error:
        raise CourseError(f"No mirror could be made. {not_written(folder, error)}") from None
    print(f"{len(known)} files in {folder}. Learners set COURSE_MIRROR to it, or to its address.")


def _fetch_what_goes_along():
    """Fetch the files that must accompany copies of those in the cache, or say so."""
    for entry in registry.entries().values():
        if not is_recorded(entry, cache_folder() / entry.name):
            continue
        for name in entry.along:
            with contextlib.suppress(DownloadError):
                fetch(name)
            if not is_recorded(registry.lookup(name), cache_folder() / name):
                print(
                    f"{entry.name}: copies must come with its author's README, which is in {name}. "
                    f"That can't be fetched now: put {name} beside it before you pass it on."
                )


def _copied(entry, folder):
    """Copy a file that is in the cache; return the Entry of the copy, or None."""
    target, copy = cache_folder() / entry.name, folder / entry.name
    if not is_recorded(entry, target):
        return None
    record = read_record(target)
    try:
        with building(copy) as unfinished:
            shutil.copyfile(target, unfinished)
            if hash_of(unfinished, record["hash"]) != record["hash"]:
                raise _Damaged
    except _Damaged:
        print(f"{entry.name}: damaged, not copied; run `python -m utils.download --verify`")
        return None
    print(f"{entry.name}: copied")
    return replace(entry, hash=record["hash"], bytes=record["bytes"])


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
    except OSError as error:
        print(f"{error.filename or cache_folder()}: {reason(error)}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
