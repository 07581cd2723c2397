"""Names of learners and files: cleaned, made safe for a folder, read as an LMS writes them."""

import re
import unicodedata

MAX_NAME = 200  # characters
CANVAS = re.compile(r"^(?P<name>[^_]+)(?:_LATE)?_(?P<id>[0-9]+)_(?P<file>[0-9]+)_")
MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>[0-9]+)_(assignsubmission|onlinetext)")
# Nothing of a learner's own follows in the name of Moodle's folder: there the last number counts,
# and one that a learner wrote into the own name doesn't.
MOODLE_FOLDER = re.compile(r"^(?P<name>.+)_(?P<id>[0-9]+)_assignsubmission_(file|onlinetext)_?$")
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


def learner_of(name, is_folder=False):
    """Return (name, number) as the name of a file or folder from an LMS tells them; the number may
    be ''.

    Canvas writes the numbers before the learner's own file name, so its form is tried first: a
    file name could look like Moodle's. Of folders it makes none.
    """
    forms = (MOODLE_FOLDER, CANVAS, MOODLE) if is_folder else (CANVAS, MOODLE)
    found = next(filter(None, (form.match(name) for form in forms)), None)
    return (found["name"], found["id"].lstrip("0")) if found else (name, "")


def safe_name(name):
    """Return a name that is one folder's on any system, and never one above."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name)
    name = name.encode("utf-8", "replace")[:150].decode("utf-8", "ignore").strip(" .")
    return name or "_"


def safe_names(names):
    """Return a folder's name for each, all different where capitals don't count either."""
    taken, folders = set(), []
    for name in names:
        first = folder = safe_name(name)
        number = 1
        while folder.casefold() in taken:
            number += 1
            folder = f"{first} ({number})"
        taken.add(folder.casefold())
        folders.append(folder)
    return folders
