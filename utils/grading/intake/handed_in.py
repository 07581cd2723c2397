"""When a file was handed in, as the export says: of the outermost file only, as the learner makes
what lies inside."""

import os
import struct
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # 1980 is what an archive says that knows no time
EXPORTED = timedelta(minutes=10)  # within which an export writes, or a program unpacks, all files
TIMESTAMP, MODIFIED = 0x5455, 1  # an archive's field with times in UTC; its bit for the one needed


def of_place(place, archive=None):
    """Return when a file was handed in, as an aware time in ISO 8601, or '' where nothing says it.

    place: tuple of str, as in submissions.Submission; archive: the open zipfile.ZipFile of a whole
    batch, where it lies in one.
    """
    try:
        when = _of_entry(archive.getinfo(place[1])) if archive else _of_file(place[0])
    except (OSError, OverflowError, ValueError, KeyError):
        return ""
    return when.astimezone().isoformat(timespec="seconds") if when >= EARLIEST else ""


def _of_file(path):
    return datetime.fromtimestamp(os.lstat(Path(path)).st_mtime, UTC)


def _of_entry(entry: zipfile.ZipInfo):
    """Return an entry's time: in UTC where the archive has it, else on the clock of this place."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == TIMESTAMP and len(field) >= 5 and field[0] & MODIFIED:
            return datetime.fromtimestamp(struct.unpack("<i", field[1:5])[0], UTC)
    return datetime(*entry.date_time).astimezone()


def tell(times):
    """Whether times tell when somebody handed something in, and not only when all was exported.

    times: for each learner, an iterable of times as `of_place` gives them.
    """
    known = [[datetime.fromisoformat(each) for each in some if each] for some in times]
    known = [some for some in known if some]
    every = [each for some in known for each in some]
    return bool(every) and (len(known) < 2 or max(every) - min(every) > EXPORTED)
