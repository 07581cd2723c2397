"""A lock on a folder: two graders that write into one would mix their grades."""

from ..errors import CourseError

try:
    import fcntl
except ImportError:  # Windows, which has none
    fcntl = None


def lock(folder):
    """Return an open file that holds the folder until it is closed, or its process ends."""
    file = open(folder / ".lock", "w")  # noqa: SIM115
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise CourseError(f"Another run is writing to {folder}: wait until it has ended.") from None
    return file
