"""Reads file names of Google Classroom: `Ann Lee - week1.ipynb` is Ann Lee's."""

import re
import unicodedata

from ... import config

BETWEEN = re.compile(r"\s+[-–—]\s+")
NOTEBOOKS = "|".join(stem.partition("_")[2].replace("_", "[ _-]") for stem in config.WEEKS.values())
WORDS = r"assignment|draft|exercises?|final|homework|hw|lab|notebook|part|project|solutions?"
TITLE = re.compile(
    rf"\b(?:{WORDS}|submission|task|untitled|version|{NOTEBOOKS})\b"
    r"|\b(?:week|hw|lab|part|v)[\s_-]*\d",
    re.IGNORECASE,
)
COPY = re.compile(r"^(?:copy of|kopie von|copie de|copia de)\s+", re.IGNORECASE)
AGAIN = re.compile(r"\s*(?:\(\d{1,3}\)|-\s*copy\d*)$", re.IGNORECASE)  # Drive numbers equal names


def read(names):
    """Return (learner's name, title) for each file's name without its ending; ('', the name) where
    it names nobody.

    The name stands before the first dash, unless it's that side which is a title as `week1`. Where
    neither looks like one, it is a name if another file says so: in `optics - Bo` it isn't.
    """
    found = [_split(name) for name in names]
    known = {same(name) for name, _, is_sure in found if is_sure}
    return [
        (name, title) if is_sure or same(name) in known else ("", whole)
        for whole, (name, title, is_sure) in zip(names, found)
    ]


def _split(name):
    """Return (learner's name, title, whether one of them looks like a title)."""
    parts = parts_of(COPY.sub("", name.strip()))
    if len(parts) < 2 or not all(parts):
        return "", name, False
    titles = [bool(TITLE.search(part)) for part in parts]
    if titles[0] and not titles[-1]:
        return AGAIN.sub("", parts[-1]), " - ".join(parts[:-1]), True
    if titles[0]:
        return "", name, False
    return parts[0], " - ".join(parts[1:]), any(titles)


def parts_of(name):
    """Return what stands between the dashes of a name."""
    return [part.strip() for part in BETWEEN.split(name)]


def same(text):
    """Return a name or title without capitals, spaces, and the number of an equal one."""
    text = AGAIN.sub("", COPY.sub("", unicodedata.normalize("NFC", text).strip()))
    return " ".join(text.casefold().split())
