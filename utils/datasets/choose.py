"""Decides between a real data set and its embedded stand-in, and says which it is."""

import os

from .. import config
from ..download import DownloadError
from ..errors import CourseError
from ..notice import box

SETS = ("mnist", "cifar10", "flowers", "faces", "names", "classes", "tags", "corpus", "captions")
SETS += ("encoder",)


def allowed_embedded():
    """Return the names of the sets that `COURSE_EMBEDDED` allows to be embedded."""
    asked = os.environ.get("COURSE_EMBEDDED", "").replace(",", " ").split()
    unknown = sorted(set(asked) - set(SETS))
    if unknown:
        raise CourseError(f"COURSE_EMBEDDED names '{unknown[0]}'; the sets are {', '.join(SETS)}.")
    return set(asked)


def real_or_embedded(name, real, embedded):
    """Return a set's record: real data, or the stand-in where the profile or the network says so.

    name: str, one of SETS. real, embedded: functions without arguments that return the record.
    In the profile tiny it is embedded. Else it is real; where that can't be had, it is embedded if
    no profile was asked for, or if `COURSE_EMBEDDED` names the set, and a box says so. Otherwise
    raises DownloadError, which lists what was tried and what to do.
    """
    if config.profile() == "tiny":
        return embedded()
    allowed = name in allowed_embedded()
    try:
        return real()
    except DownloadError as error:
        if config.asked_profile() and not allowed:
            more = f"  4. Let COURSE_EMBEDDED={name} allow the small stand-in for this set alone."
            raise DownloadError(f"{error}\n{more}") from None
        record = embedded()
        box(_reason(name, error, allowed), f"Instead you work with {record.source}.")
        return record


def _reason(name, error, allowed):
    first = str(error).splitlines()[0].rstrip(":.")
    why = " COURSE_EMBEDDED allows it." if allowed else " Results will differ from the text."
    return f"NO REAL DATA for '{name}': {first}.{why}"
