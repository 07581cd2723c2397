"""Reads the cells of a notebook that may be broken or malicious.

Only sources are taken; outputs, metadata and everything else are left where they are.
"""

import json
import os
import stat
from dataclasses import dataclass, field

from ...errors import CourseError
from ..conflicts import marker_in

MAX_BYTES = 20 << 20  # of a notebook, with its pictures
MAX_CELLS, MAX_SOURCE = 2_000, 2_000_000  # cells; characters of all code
CAREFULLY = sum(getattr(os, f"O_{name}", 0) for name in ("NOFOLLOW", "NONBLOCK", "BINARY"))
PYTHON = ("python", "python3", "ipython", "ipython3", "")


class NotGradable(CourseError):
    """A submission that can't be read; the message says why, for learner and instructor."""


@dataclass
class Sources:
    """The code of a notebook. cells: list of str; notes: list of str, remarks for the report.

    texts: list of str, the cells that aren't code: an answer may have got there by mistake.
    """

    cells: list
    notes: list = field(default_factory=list)
    texts: list = field(default_factory=list)


def too_large(size):
    """Return the error for a file of `size` bytes, or None where that is no problem."""
    if size <= MAX_BYTES:
        return None
    return NotGradable(
        f"The file is {size / 2**20:.0f} MB; the limit is {MAX_BYTES >> 20} MB. Clear the outputs "
        "(Kernel → Restart and Clear Outputs), save, and hand it in again."
    )


def read_bytes(path):
    """Return the content of a regular file; links, devices and pipes are refused."""
    try:
        if os.path.islink(path):  # where a system can't refuse it itself
            raise NotGradable("The file is a symbolic link.")
        descriptor = os.open(path, os.O_RDONLY | CAREFULLY)
    except OSError as error:
        raise NotGradable(f"The file can't be read ({error.strerror}).") from None
    status = os.fstat(descriptor)
    is_regular = stat.S_ISREG(status.st_mode)
    problem = too_large(status.st_size) if is_regular else NotGradable("This isn't a regular file.")
    if problem:
        os.close(descriptor)
        raise problem
    with open(descriptor, "rb") as file:
        return file.read(MAX_BYTES + 1)


def read_sources(data):
    """Return the Sources of a notebook. data: bytes. Raises NotGradable."""
    notebook = _parse(data)
    cells = _cells(notebook)
    sources = [_source(cell) for cell in cells if cell.get("cell_type") == "code"]
    if not any(source.strip() for source in sources):
        raise NotGradable("The notebook contains no code.")
    if sum(map(len, sources)) > MAX_SOURCE:
        raise NotGradable(f"The notebook contains more than {MAX_SOURCE:,} characters of code.")
    texts = [_text(cell) for cell in cells if cell.get("cell_type") != "code"]
    return Sources(sources, _remarks(cells), texts)


def _parse(data):
    problem = too_large(len(data))
    if problem:
        raise problem
    try:
        text = data.decode("utf-8-sig")
        notebook = json.loads(text)
    except UnicodeDecodeError:
        raise NotGradable("The file isn't a notebook: it isn't text in UTF-8.") from None
    except (ValueError, RecursionError, MemoryError):
        raise _not_json(text) from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("nbformat"), int):
        raise NotGradable("The file is JSON, but not a notebook: it has no nbformat.")
    return notebook


def _not_json(text):
    """Return the error for text that isn't JSON."""
    conflict = marker_in(text)
    if conflict is None:
        return NotGradable("The file isn't a notebook: it isn't valid JSON. Was it cut off?")
    marker, line = conflict
    return NotGradable(
        f"The file holds the markers of a merge conflict (`{marker}` in line {line}): resolve it "
        "and hand it in again."
    )


def _cells(notebook):
    version = notebook["nbformat"]
    if version < 4:
        raise NotGradable(
            f"The notebook is in the old format {version}: open it in Jupyter, save it, and hand "
            "it in again."
        )
    language = _language(notebook.get("metadata"))
    if language.lower() not in PYTHON:
        raise NotGradable(f"The notebook's kernel is for {language[:50]}, not for Python.")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise NotGradable("The notebook has no list of cells.")
    if not cells:
        raise NotGradable("The notebook has no cells.")
    if len(cells) > MAX_CELLS:
        raise NotGradable(f"The notebook has more than {MAX_CELLS:,} cells.")
    return cells


def _language(metadata):
    for place, key in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(place) if isinstance(metadata, dict) else None
        if isinstance(part, dict) and isinstance(part.get(key), str):
            return part[key]
        if isinstance(part, dict) and part.get("name") == "ir":
            return "R"
    return ""


def _source(cell):
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise NotGradable("A code cell's source isn't text.")
    return source.replace("\r\n", "\n").replace("\r", "\n")  # as Python reads its files


def _text(cell):
    """Return the source of a cell that isn't code; '' where it has none that can be read."""
    try:
        return _source(cell)
    except NotGradable:
        return ""


def _remarks(cells):
    ids = [cell["id"] for cell in cells if isinstance(cell.get("id"), str)]
    if len(ids) > len(set(ids)):
        return ["Some cells share an id; they were told apart by their position."]
    return []
