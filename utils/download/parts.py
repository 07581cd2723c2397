"""What has arrived of a file: part files beside it, each with a note on the response it is from.

`NAME.part` is of the version whose hash the registry states: every address may go on with it, as
the whole is verified. What no hash protects, or what differs from that part, has a part for each
address, `NAME.XXXXXXXX.part`. Bytes that are here are never overwritten by another version.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from ..files import FULL
from .problems import OtherVersion, cannot_write, check_room

KEY = r"(\.[0-9a-f]{8}(-new)?)?"


@dataclass(frozen=True)
class Part:
    """A part file. target: pathlib.Path of the whole file; key: what tells it from other parts;
    shared: whether other addresses may go on with it."""

    target: Path
    key: str = ""
    shared: bool = False

    @property
    def path(self):
        """The part file's path."""
        return self.target.with_name(".".join(filter(None, (self.target.name, self.key, "part"))))

    @property
    def note_path(self):
        """The path of the note beside it."""
        return self.path.with_name(self.path.name + ".json")

    def size(self):
        """Return how many bytes are here."""
        try:
            return self.path.stat().st_size if self.path.is_file() else 0
        except OSError as error:
            raise self.cannot_write(error) from None

    def note(self):
        """Return the dict of the response it is from: url, total, tag, encoding; or {}."""
        return read_note(self.note_path)

    def write_note(self, note):
        """Say which response the part is from."""
        with self.writing():
            self.note_path.write_text(json.dumps(note), encoding="utf-8")

    def cut(self, size):
        """Keep only the first bytes, or nothing at all."""
        if not size:
            return self.drop()
        with self.writing(), open(self.path, "r+b") as file:
            file.truncate(size)
        return None

    def drop(self):
        """Remove the part and its note."""
        with self.writing():
            self.path.unlink(missing_ok=True)
            self.note_path.unlink(missing_ok=True)

    def look_at_room(self, needed):
        """Raise CannotWrite if so many bytes more don't fit."""
        with self.writing():
            free = shutil.disk_usage(self.target.parent).free
        check_room(self.target.name, needed, free, self.target.parent)

    def cannot_write(self, error):
        """Return the CannotWrite for an OSError; on a full disk the part is removed."""
        if error.errno in FULL:
            with contextlib.suppress(OSError):
                self.path.unlink(missing_ok=True)
                self.note_path.unlink(missing_ok=True)
        return cannot_write(error, self.target.name, self.target.parent)

    @contextlib.contextmanager
    def writing(self):
        """Put the OSErrors of a block that writes into words."""
        try:
            yield
        except OSError as error:
            raise self.cannot_write(error) from None


class Writer:
    """Adds a response to a part. What is here already must be the same: it is compared.

    start: where the response begins; note: what is said of the part from the first new byte on.
    """

    def __init__(self, part, start, note):
        self.part, self.at, self.note, self.had = part, start, note, part.size()
        with part.writing():
            # Unbuffered: what has arrived is written even if this process is killed now.
            self.file = open(part.path, "r+b" if self.had else "wb", buffering=0)  # noqa: SIM115
            self.file.seek(start)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def add(self, chunk):
        """Write bytes, or compare them. Raises OtherVersion, CannotWrite."""
        known = min(len(chunk), max(self.had - self.at, 0))
        with self.part.writing():
            if known and self.file.read(known) != chunk[:known]:
                raise OtherVersion("it sends another version than the part that is here")
            rest = memoryview(chunk)[known:]
            if rest and self.note is not None:
                self.part.write_note(self.note)
                self.note = None
            while rest:  # a nearly full disk takes some of the bytes
                rest = rest[self.file.write(rest) :]
        self.at += len(chunk)


def parts_for(target, url, key, hashed):
    """Yield the parts to try for an address, one after the other until one fits.

    key: '' or what tells the hash's version from the registry's; hashed: whether a hash is stated.
    """
    own = hashlib.sha256(url.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    first = Part(target, key, shared=True) if hashed else Part(target, own)
    second = Part(target, own if hashed else f"{own}-new")
    if not second.size():
        yield first
    yield second
    second.drop()  # of another version than is sent now, while the first is kept
    yield second


def parts_here(target):
    """Return the sizes in bytes of a target's part files, the largest first."""
    try:
        sizes = [path.stat().st_size for path in _all_of(target) if path.suffix == ".part"]
    except OSError:  # a folder that can't be read
        return []
    return sorted(sizes, reverse=True)


def drop_all(target):
    """Remove every part of a target."""
    for path in _all_of(target):
        path.unlink(missing_ok=True)


def _all_of(target):
    ours = re.compile(re.escape(target.name) + KEY + r"\.part(\.json|\.plain)?")
    beside = target.parent.iterdir() if os.path.isdir(target.parent) else ()
    return [path for path in beside if ours.fullmatch(path.name)]


def read_note(path):
    """Return the dict that a JSON file holds, or {} if there is no such file."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}
