"""The files that the course uses: `data/registry.toml`, and the page generated from it.

python -m utils.registry     write data/README.md
"""

import difflib
import re
import sys
import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import cache

from . import config
from .errors import CourseError
from .files import not_written, write_whole

REGISTRY_FILE = config.ROOT / "data" / "registry.toml"
PAGE = config.ROOT / "data" / "README.md"
HASH = re.compile(r"sha256:[0-9a-f]{64}|md5:[0-9a-f]{32}")
INTRODUCTION = """\
# Data

The course downloads these files when a notebook first needs them; none is in this repository.
`python -m utils.download` lists them with their state, `python -m utils.download week3` fetches a
week's, `--verify` reads them all again, and `--mirror DIR` makes a mirror for a classroom.

A file is used only if its size and hash are right. Each hash is one that a trusted source states,
or was computed from a copy of the file; a file without one is marked, and the hash of its first
download is recorded on your machine.

Sources are tried in the order of this page. One that stays below 200 kB/s for 20 seconds is left
for the next, which goes on with what has arrived; once one was left, 10 seconds are enough to judge
the next. Where all are slow, the fastest goes on to the end. `COURSE_MIN_RATE` sets another number
of kB/s, and 0 any speed. Files under 1 MB are never left, nor is one that has almost arrived.

What was never tried: addresses, sizes and hashes come from public records (checksum files, issue
threads, copies of the files). Nothing on this page was fetched from these addresses over the live
network as the course was made, so any of them may have moved, and how fast they are is not known.

In the profile `tiny`, and where nothing can be downloaded, the course uses small sets instead:
synthetic ones, which are its own work under its own licence, and the handwritten digits that come
with scikit-learn.

`python -m utils.registry` generates this page from `registry.toml`: change that file, not this one.
"""


@dataclass(frozen=True)
class Entry:
    """One file. bytes: its exact size, or None; hash: 'sha256:…', 'md5:…' or ''; along: names of
    files that must accompany copies of it."""

    name: str
    title: str = ""
    urls: tuple = ()
    hash: str = ""
    hash_from: str = ""
    bytes: int | None = None
    bytes_about: int = 0
    licence: str = ""
    cite: str = ""
    used_by: tuple = field(default=())
    along: tuple = field(default=())

    @property
    def about(self):
        """The size in bytes, exact or rough."""
        return self.bytes or self.bytes_about


def parse(text, source):
    """Return {name: Entry} of a registry's text. source: what to call it in an error."""
    try:
        return {name: _entry(name, table) for name, table in tomllib.loads(text).items()}
    except (tomllib.TOMLDecodeError, TypeError, AttributeError, ValueError) as error:
        raise CourseError(f"{source} is not a registry of files: {error}") from None


def _entry(name, table):
    """Return the Entry of one table; keys that this version doesn't know are ignored."""
    known = {key.name for key in fields(Entry)} & set(table)
    entry = Entry(name, **{key: _frozen(table[key]) for key in known})
    if entry.hash and not HASH.fullmatch(entry.hash):
        raise ValueError(f"the hash of {name} must be sha256:… or md5:…; it is '{entry.hash}'")
    if not isinstance(entry.bytes, int | None):
        raise ValueError(f"the bytes of {name} must be a number; they are {entry.bytes!r}")
    return entry


def _frozen(value):
    return tuple(value) if isinstance(value, list) else value


@cache
def entries():
    """Return {name: Entry} for every file of the course."""
    return parse(REGISTRY_FILE.read_text(encoding="utf-8"), "data/registry.toml")


def lookup(name):
    """Return a file's Entry. Raises CourseError with the nearest names if it is unknown."""
    if name in entries():
        return entries()[name]
    near = difflib.get_close_matches(name, entries(), n=3, cutoff=0.4)
    hint = f" The nearest names: {', '.join(near)}." if near else ""
    raise CourseError(
        f"The course has no file called '{name}'.{hint} `python -m utils.download` lists them all."
    )


def used_by(week):
    """Return the entries that a week uses. week: str like 'week3'; `week6-coco` is optional."""
    found = [entry for entry in entries().values() if week in entry.used_by]
    if not found:
        weeks = sorted({name for entry in entries().values() for name in entry.used_by})
        raise CourseError(f"No file is used by '{week}'; choose from {', '.join(weeks)}.")
    return found


def with_mirror(entry, mirror_entries):
    """Return the entry with the hash and size that a mirror's registry states, if it has them."""
    theirs = mirror_entries.get(entry.name)
    if theirs is None or not theirs.hash:
        return entry
    return replace(entry, hash=theirs.hash, bytes=theirs.bytes, hash_from="the mirror's registry")


def readable(num_bytes):
    """Return a size as text, such as '11.5 MB'."""
    size = float(num_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return None


def page():
    """Return the text of data/README.md."""
    parts = [INTRODUCTION]
    for entry in entries().values():
        size = readable(entry.about) if entry.bytes else f"about {readable(entry.about)}"
        state = f"{entry.hash}, from {entry.hash_from}" if entry.hash else "none stated"
        sources = "\n".join(f"  - <{url}>" for url in entry.urls)
        along = f"- Copies come with: {', '.join(entry.along)}\n" if entry.along else ""
        parts.append(
            f"## {entry.name}\n\n{entry.title}.\n\n"
            f"- Used by: {', '.join(entry.used_by)}\n- Size: {size}\n- Hash: {state}\n"
            f"- Licence: {entry.licence}\n{along}- Cite: {entry.cite}\n- Sources:\n{sources}\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    try:
        write_whole(PAGE, page())
    except OSError as error:
        sys.exit(not_written(PAGE, error))
    print(f"wrote {PAGE}")
