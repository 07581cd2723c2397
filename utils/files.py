"""Files that are written completely or not at all, locks, and what went wrong in words."""

import contextlib
import errno
import glob
import os
import shutil

CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
GONE = {errno.EIO, errno.ENOTCONN, errno.ESTALE, errno.ENODEV, errno.ENXIO, errno.ETIMEDOUT}
REASONS = {
    **dict.fromkeys(CLOSED, "you have no permission"),
    errno.EROFS: "it is read-only",
    errno.ENOSPC: "there is no space left",
    errno.EDQUOT: "your quota is used up",
    errno.EFBIG: "a file may not be that large here",
    **dict.fromkeys(GONE, "its disk doesn't answer any more"),
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "a file is where a folder should be",
    errno.EEXIST: "a file is where a folder should be",
    errno.EISDIR: "a folder has its name",
}
WITHOUT_LOCKS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK}


def reason(error):
    """Return why something can't be read or written, without a full stop. error: OSError."""
    text = error.strerror or str(error) or type(error).__name__
    if error.errno is None or text != os.strerror(error.errno):
        return text  # whoever raised it had words of their own
    return REASONS.get(error.errno, text)


def not_written(path, error):
    """Return a sentence on a file or folder that can't be written. error: OSError."""
    return f"{path} can't be written: {reason(error)}."


def not_read(path, error):
    """Return a sentence on a file or folder that can't be read. error: OSError."""
    return f"{path} can't be read: {reason(error)}."


def must_be_readable(path):
    """Raise PermissionError for a file or folder that is there, but not for this account.

    Otherwise it would be taken for a damaged one, and replaced.
    """
    if os.path.exists(path) and not is_readable(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def is_readable(path):
    """Return whether a file or folder is there and may be read; no error is raised."""
    return os.access(path, os.R_OK | os.X_OK if os.path.isdir(path) else os.R_OK)


@contextlib.contextmanager
def building(path):
    """Yield a path beside `path`, to make a file or folder at.

    It gets its name when the block has ended without an error; otherwise it is removed, and what
    had that name is still there. What a killed process left of it is removed too.
    """
    _remove_leftovers(path)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    _remove(unfinished)
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        _remove(unfinished)


@contextlib.contextmanager
def written_whole(path):
    """Open a binary file that is written completely or not at all, even if the machine stops."""
    with building(path) as unfinished, open(unfinished, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def write_whole(path, text):
    """Write a text file completely or not at all, even if the machine stops midway."""
    with written_whole(path) as file:
        file.write(text.encode("utf-8"))


def _remove_leftovers(path):
    with contextlib.suppress(OSError):
        for left in path.parent.glob(f"{glob.escape(path.name)}.*unfinished"):
            number = left.name.removeprefix(path.name).split(".")[1]
            if not (number.isdecimal() and _is_running(int(number))):
                _remove(left)


def _is_running(number):
    """Return whether a process of this number runs on this machine, or may."""
    if os.name != "posix":  # elsewhere, asking would end it
        return True
    try:
        os.kill(number, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it runs for another account
        return True
    return True


def _remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def lock_beside(path, timeout=-1):
    """Acquire a lock beside a file or folder, and return it for use in `with`. Any user may do so.

    timeout: seconds to wait for another process; negative for as long as it takes. Where the disk
    knows no locks, nothing is locked. Raises OSError if nothing can be written there, or once the
    time is over.
    """
    from filelock import FileLock  # here, so that the doctor can say that it is missing

    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout, mode=0o666)
    try:
        return lock.acquire()
    except NotImplementedError:
        return contextlib.nullcontext()
    except OSError as error:
        if error.errno not in WITHOUT_LOCKS:
            raise
        return contextlib.nullcontext()
