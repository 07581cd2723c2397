"""Names of learners and files: cleaned, made safe for a folder, read as an LMS writes them."""

import re
import unicodedata

MAX_NAME = 200  # characters
CANVAS = re.compile(r"^(?P<name>[^_]+)(?:_LATE)?_(?P<id>\d+)_(?P<file>\d+)_")
MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>\d+)_(assignsubmission|onlinetext)")


def clean(text):
    """Return a text that any file can hold: what UTF-8 can't say is written as \\udc80."""
    return text.encode("utf-8", "backslashreplace").decode()


def printable(text):
    """Return a text as one line that does nothing to a terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)


def learner_of(name):
    """Return (name, number) as the file name from an LMS tells them; the number may be ''.

    Canvas writes the numbers before the learner's own file name, so its form is tried first: a
    file name could look like Moodle's.
    """
    found = CANVAS.match(name) or MOODLE.match(name)
    return (found["name"], found["id"]) if found else (name, "")


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
