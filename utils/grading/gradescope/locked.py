"""Locks a machine that is there for one submission, and tries whether another user can pass.

It closes Gradescope's folder, and what every user may write to. Nothing is ever opened again, so
this must run in a container only.
"""

import contextlib
import json
import os
import stat
import sys
from pathlib import Path

from ...errors import CourseError
from ..sandbox.boxed_kernel import BoxedKernel
from ..sandbox.forkserver import ForkServer
from ..sandbox.other_user import FIRST_UID, LAST_UID, OtherUser

MODULES = ("numpy", "probes.kernel_side", "probes.trial")  # that any kernel needs
DEPTH = 3  # of the folders that are looked at, from / on
OF_THE_SYSTEM = ("/proc", "/sys")

# Runs in a kernel, as an answer does. What it prints says what it could do.
TRY = """
import json, os, socket
could = []
def attempt(words, action):
    try:
        action()
    except OSError:
        return
    could.append(words)
def read(path):
    os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1)
def write(path):
    if not os.path.isdir(path):
        return open(path, "ab").close()
    with open(path + "/.tried", "w"):
        os.unlink(path + "/.tried")
def start():
    if os.fork() == 0:
        os._exit(0)
for path in {read!r}:
    attempt("read " + path, lambda: read(path))
for path in {write!r}:
    attempt("write to " + path, lambda: write(path))
for pid in {pids!r}:
    attempt("reach process " + str(pid), lambda: os.kill(pid, 0))
for family in (socket.AF_INET, socket.AF_INET6):
    attempt("use the network", lambda: socket.socket(family))
attempt("start a process", start)
write(os.getcwd())
print(json.dumps([os.getresuid() + os.getresgid(), os.getgroups(), could]))
"""


def _folders(top="/", depth=DEPTH):
    """Yield the folders of this system, down to some depth, without those that aren't on a disk."""
    yield top
    if depth == 0:
        return
    try:
        with os.scandir(top) as entries:
            inner = [each.path for each in entries if each.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for path in inner:
        if path not in OF_THE_SYSTEM:
            yield from _folders(path, depth - 1)


def lock(place):
    """Close a folder with all that is in it, and what every user may write to.

    place: pathlib.Path, Gradescope's folder.
    """
    for path in (place, *place.iterdir()):
        if not path.is_symlink():
            os.chown(path, 0, 0)
            path.chmod(0o700)
    for path in _folders():
        mode = os.stat(path).st_mode
        if mode & stat.S_IWOTH:
            with contextlib.suppress(OSError):  # `check` says whether that matters
                os.chmod(path, stat.S_IMODE(mode) & ~stat.S_IWOTH & ~stat.S_ISVTX)


def check(place, secret):
    """Raise CourseError where code that runs as another user could do what it must not.

    place: pathlib.Path, Gradescope's folder; secret: str, a folder of the grader's own.
    """
    source = [place, *place.iterdir(), *(place / "source").rglob("*.py"), Path(secret)]
    with contextlib.closing(ForkServer(MODULES, OtherUser)) as forkserver:
        forkserver.wait()
        pids = [os.getpid(), os.getppid(), forkserver.process.pid]
        inside = [f"/proc/{pid}/{name}" for pid in pids for name in ("mem", "environ", "fd")]
        read = [*map(str, source), str(forkserver.private), *inside]
        write = [*read, *_folders(), str(forkserver.folder), sys.prefix, sys.executable]
        could = tried(forkserver, read, write, pids)
    if could:
        raise CourseError(
            "Nothing is graded, because the user that answers run as could "
            f"{', '.join(could[:5])}{' and more' * (len(could) > 5)}."
        )


def tried(forkserver, read, write, pids):
    """Return what code in a kernel of another user could do, list of str; none is as it should be.

    forkserver: ForkServer of OtherUser; read, write: lists of str, paths that it must not; pids:
    list of int, processes that it must not reach. Raises CourseError where it could try nothing.
    """
    kernel = BoxedKernel(forkserver.address)
    try:
        said = kernel.said(TRY.format(read=read, write=write, pids=pids))
    finally:
        kernel.stop()
    try:
        users, groups, could = json.loads(said)
    except ValueError:
        raise CourseError(f"What other users can do could not be tried: {said[:300]}") from None
    if len(set(users)) > 1 or groups or not FIRST_UID <= users[0] <= LAST_UID:
        could.append(f"have the users {users} and groups {groups}")
    return could
