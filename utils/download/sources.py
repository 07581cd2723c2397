"""The addresses that a file may come from: a mirror first, then those of the registry."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import requests

from .. import config, registry
from ..errors import CourseError
from .transfer import TransferError, timeouts

_mirrors = {}  # address: its entries, once they have been read


def folder_named(asked, variable):
    """Return an absolute path; a relative one starts at the course's root, not the kernel's."""
    try:
        return (config.ROOT / Path(asked).expanduser()).resolve()
    except RuntimeError as error:
        raise CourseError(f"{variable} names '{asked}', which isn't a folder: {error}") from None


def mirror_in_use():
    """Return the address or folder that `COURSE_MIRROR` names, or None."""
    mirror = os.environ.get("COURSE_MIRROR", "").strip()
    if mirror.startswith("file:"):
        mirror = url2pathname(urlsplit(mirror).path)
    if not mirror or mirror.startswith(("http://", "https://")):
        return mirror.rstrip("/") or None
    return str(folder_named(mirror, "COURSE_MIRROR"))


def mirror_files():
    """Return the entries that the mirror's registry states, {name: Entry}; {} without a mirror.

    Raises CourseError if it can't be read or isn't a registry.
    """
    mirror = mirror_in_use()
    try:
        return _mirror_entries(mirror) if mirror else {}
    except TransferError as error:
        raise CourseError(f"COURSE_MIRROR, {mirror}: {error}") from None


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


def sources(entry, tried):
    """Yield (address, entry that it should have): the mirror first.

    tried: a list to which it adds a line if the mirror can't be used.
    """
    mirror = mirror_in_use()
    if mirror:
        try:
            yield f"{mirror}/{entry.name}", registry.with_mirror(entry, _mirror_entries(mirror))
        except (TransferError, CourseError) as error:
            tried.append(f"  - {mirror}\n    {error}")
    for url in entry.urls:
        yield url, entry
