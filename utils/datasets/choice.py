"""Decides between a real data set and its synthetic stand-in, and says which it is."""

import os

from .. import config
from ..display.console import box
from ..download.cache import DownloadError, cache_folder
from ..errors import CourseError
from ..files import not_read

SETS = ("mnist", "cifar10", "flowers", "faces", "names", "classes", "tags", "corpus", "captions")
SETS += ("encoder",)
VARIABLE, OLD_VARIABLE = "COURSE_SYNTHETIC", "COURSE_EMBEDDED"


def allowed_synthetic():
    """Return the names of the sets that `COURSE_SYNTHETIC` allows to be synthetic."""
    variable = OLD_VARIABLE if OLD_VARIABLE in os.environ else VARIABLE
    if variable == OLD_VARIABLE:
        print(
            f"{OLD_VARIABLE} is called {VARIABLE} now; the old name works until the next release."
        )
    asked = os.environ.get(variable, "").replace(",", " ").split()
    unknown = sorted(set(asked) - set(SETS))
    if unknown:
        raise CourseError(f"{variable} names '{unknown[0]}'; the sets are {', '.join(SETS)}.")
    return set(asked)


def real_or_synthetic(name, real, synthetic):
    """Return a set's record: the real data, or their synthetic stand-in.

    name: str, one of SETS. real, synthetic: functions without arguments that return the record.
    In the profile tiny it is synthetic. Otherwise it is real. If it isn't available, it is
    synthetic if no profile was asked for, or if `COURSE_SYNTHETIC` names the set, and a box says
    so. If neither holds, raises DownloadError, which lists what was tried and what to do. Raises
    CourseError if what is in the cache can't be read.
    """
    if config.profile() == "tiny":
        return synthetic()
    allowed = name in allowed_synthetic()
    try:
        return real()
    except DownloadError as error:
        if config.asked_profile() and not allowed:
            more = f"  4. Set COURSE_SYNTHETIC={name} to use the small stand-in for this set alone."
            raise DownloadError(f"{error}\n{more}") from None
        record = synthetic()
        box(_reason(name, error, allowed), f"Instead you work with {record.source}.")
        return record
    except OSError as error:
        raise CourseError(
            f"{not_read(error.filename or name, error)} Remove it from {cache_folder()}; the next "
            "run makes it again."
        ) from None


def _reason(name, error, allowed):
    first = str(error).splitlines()[0].rstrip(":.")
    why = " COURSE_SYNTHETIC allows it." if allowed else " Results will differ from the text."
    return f"NO REAL DATA for '{name}': {first}.{why}"
