"""The addresses that a file may come from: a mirror first, then those of the registry."""

import os
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .. import config, places, registry
from ..errors import CourseError
from ..files import reason
from .encoding import decompress, label_of
from .problems import TransferError, Transient, shown
from .transfer import ask, is_web, read_some, timeouts

LARGEST_REGISTRY = 10_000_000  # bytes

_mirrors = {}  # address: its entries, once they have been read


def mirror_in_use():
    """Return the address or folder that `COURSE_MIRROR` names, or None.

    Raises CourseError if it can be neither.
    """
    mirror = os.environ.get("COURSE_MIRROR", "").strip()
    scheme, found, rest = mirror.partition("://")
    if mirror.startswith("file:"):
        mirror = _path_of(mirror)
    elif is_web(mirror) and rest.strip("/"):
        return mirror.rstrip("/")
    elif found and scheme.isalnum():
        raise CourseError(
            f"COURSE_MIRROR must name a folder, or an address such as http://HOST/FOLDER; "
            f"it is '{shown(mirror)}'."
        )
    return str(places.named(mirror, "COURSE_MIRROR", config.ROOT)) if mirror else None


def _path_of(address):
    try:
        return url2pathname(urlsplit(address).path)
    except (ValueError, OSError) as error:
        raise CourseError(
            f"COURSE_MIRROR names '{shown(address)}', which isn't a folder: {error}"
        ) from None


def mirror_files():
    """Return the entries that the mirror's registry states, {name: Entry}; {} without a mirror.

    Raises CourseError if it can't be read or isn't a registry.
    """
    mirror = mirror_in_use()
    try:
        return _mirror_entries(mirror) if mirror else {}
    except TransferError as error:
        raise CourseError(f"COURSE_MIRROR, {shown(mirror)}: {error}") from None


def _mirror_entries(mirror):
    """Return the entries of a mirror's registry.toml, or {} if it has no such file.

    Raises TransferError if it can't be read, CourseError if it isn't a registry.
    """
    if mirror not in _mirrors:
        source = f"{mirror}/registry.toml"
        text = _read_from(source)
        _mirrors[mirror] = registry.parse(text, source) if text is not None else {}
    return _mirrors[mirror]


def _read_from(source):
    """Return the text at an address or path, or None if there is none."""
    try:
        if is_web(source):
            return _text_at(source)
        path = Path(source)
        return path.read_text(encoding="utf-8") if path.is_file() else None
    except (Transient, TransferError, OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        raise TransferError(f"its registry.toml can't be read: {why}") from None


def _text_at(url):
    with ask(url) as answer:
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise TransferError(f"the server answered {answer.status_code} {answer.reason}")
        label, raw = label_of(answer.headers), _read_all(answer)
    try:
        return raw.decode("utf-8")  # as it is stored, whatever the server calls it
    except UnicodeDecodeError:
        if not label:
            raise
    return b"".join(decompress(lambda: [raw], label)).decode("utf-8")


def _read_all(answer):
    """Return a small response's bytes; it may take as long as a silence."""
    raw, (_, longest) = b"", timeouts()
    end = time.monotonic() + longest
    while chunk := read_some(answer):
        raw += chunk
        if len(raw) > LARGEST_REGISTRY:
            raise TransferError("it is too large for a registry")
        if time.monotonic() > end:
            raise TransferError(f"it didn't arrive within {longest:g} seconds")
    return raw


def sources(entry, tried):
    """Yield (address, entry that it should have): the mirror first.

    tried: a list to which it adds a line if the mirror can't be used.
    """
    mirror = mirror_in_use()
    if mirror:
        try:
            yield f"{mirror}/{entry.name}", registry.with_mirror(entry, _mirror_entries(mirror))
        except (TransferError, CourseError) as error:
            tried.append(f"  - {shown(mirror)}\n    {error}")
    for url in entry.urls:
        yield url, entry
