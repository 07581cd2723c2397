"""Fetch the course's files: verified, resumed, from the first source that has them.

python -m utils.download                list every file with size, state and source
python -m utils.download week3 NAME     fetch a week's files, or single files
python -m utils.download --verify       read every file again and compare its hash
python -m utils.download --mirror DIR   make a mirror for a classroom out of the cache
"""

import argparse
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from .. import registry
from ..errors import CourseError
from .cache import (
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
from .transfer import part_of


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
        if not target.is_file():
            continue
        versions = [expected_of(version, target) for _, version in sources(entry, [])]
        problems = [problem_with(target, version) for version in versions]
        if None in problems:
            stated = versions[problems.index(None)].hash
            print(f"{entry.name}: {f'right ({stated})' if stated else 'its hash is not known'}")
        else:
            right = False
            target.unlink()
            print(f"{entry.name}: {problems[0]}. It was removed; "
                  f"`python -m utils.download {entry.name}` fetches it again.")  # fmt: skip
    return right


def make_mirror(folder):
    """Copy every verified file in the cache to a folder, and add it to the registry there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "registry.toml"
    known = registry.parse(path.read_text(encoding="utf-8"), path) if path.is_file() else {}
    for entry in registry.entries().values():
        target, copy = cache_folder() / entry.name, folder / entry.name
        if not is_recorded(entry, target):
            continue
        record = read_record(target)
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
