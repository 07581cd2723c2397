"""A lock on a folder: two graders that write into one would mix their grades."""

from ..errors import CourseError
from ..files import not_written

try:
    import fcntl
except ImportError:  # Windows, which has none
    fcntl = None


def lock(folder):
    """Return an open file that holds the folder until it is closed, or its process ends."""
    try:
        file = open(folder / ".lock", "w")  # noqa: SIM115
    except OSError as error:
        raise CourseError(not_written(folder, error)) from None
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise CourseError(f"Another run is writing to {folder}: wait until it has ended.") from None
    return file
