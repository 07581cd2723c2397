"""Names of learners and files: cleaned, made safe for a folder, read as an LMS writes them."""

import re
import unicodedata
from typing import NamedTuple

MAX_NAME = 200  # characters
CANVAS = re.compile(r"^(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>[0-9]+)_(?P<file>[0-9]+)_")
MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>[0-9]+)_(assignsubmission|onlinetext)")
# Nothing of a learner's own follows in the name of Moodle's folder: there the last number counts,
# and one that a learner wrote into the own name doesn't.
MOODLE_FOLDER = re.compile(r"^(?P<name>.+)_(?P<id>[0-9]+)_assignsubmission_(file|onlinetext)_?$")
CLAIM = re.compile(r"_[0-9]+_(?:assignsubmission|onlinetext)")
# What does something to a terminal, or turns the direction of what stands beside it.
UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def encodable(text):
    """Return a text that any file can hold: what UTF-8 can't say is written as \\udc80."""
    return text.encode("utf-8", "backslashreplace").decode()


def clean(text):
    """Return the same without marks that nobody sees, and that do something where it is shown.

    They are written as \\x1b or \\u202e.
    """
    return UNSEEN.sub(_escape, encodable(text))


def _escape(found):
    return found[0].encode("unicode_escape").decode()


def clean_name(text):
    """Return the same of a name, which is one line."""
    return re.sub(r"[\t\n]", _escape, clean(text))[:MAX_NAME]


def printable(text):
    """Return a text as one line that does nothing to a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)


class Tag(NamedTuple):
    """What an LMS wrote into the name of a file or folder.

    name, number: str, the learner's; the number is '' where there is none, and the name then all
    that there is. form: str, whose way of writing it is, or ''; file: int, Canvas's number of the
    file, which grows with time, or 0; is_late: bool, Canvas's mark; is_sure: whether the name can
    be read in one way only, so that it can't be a learner who wrote part of it.
    """

    name: str
    number: str = ""
    form: str = ""
    file: int = 0
    is_late: bool = False
    is_sure: bool = False


def tag_of(name, is_folder=False):
    """Return the Tag of a file's or folder's name.

    Canvas writes the numbers before the learner's own file name, so its form is tried first: a
    file name could look like Moodle's. Of folders it makes none.
    """
    folder = MOODLE_FOLDER.match(name) if is_folder else None
    canvas, moodle = CANVAS.match(name), MOODLE.match(name)
    found = folder or canvas or moodle
    if not found:
        return Tag(name)
    about = (found["name"], found["id"].lstrip("0"))
    if folder:
        return Tag(*about, "Moodle's folder", is_sure=True)
    is_sure = not (canvas and moodle) and len(CLAIM.findall(name)) <= 1
    if not canvas:
        return Tag(*about, "Moodle", is_sure=is_sure)
    return Tag(*about, "Canvas", int(canvas["file"][:18]), bool(canvas["late"]), is_sure)


def listed(names, most):
    """Return names in a row, at most `most` of them, and how many more. names: list of str."""
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return ", ".join([*names[:most], *more])


def learner_of(name, is_folder=False):
    """Return (name, number) as the name of a file or folder from an LMS tells them; the number may
    be ''."""
    return tag_of(name, is_folder)[:2]


def safe_name(name):
    """Return a name that is one folder's on any system, and never one above."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name)
    name = name.encode("utf-8", "replace")[:150].decode("utf-8", "ignore").strip(" .")
    return name or "_"


def safe_names(names, taken=()):
    """Return a folder's name for each, all different where capitals don't count either.

    taken: names of folders that there are already.
    """
    taken, folders = {name.casefold() for name in taken}, []
    for name in names:
        first = folder = safe_name(name)
        number = 1
        while folder.casefold() in taken:
            number += 1
            folder = f"{first} ({number})"
        taken.add(folder.casefold())
        folders.append(folder)
    return folders
