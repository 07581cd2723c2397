"""The command that makes an empty box: what bubblewrap hides, and what can be seen inside."""

import os
import platform
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from ... import config
from ...errors import CourseError
from .inside import seccomp
from .listener import MIB

DISK, SHARED_MEMORY = 64 * MIB, 16 * MIB  # bytes that a box may write
INSIDE = "/course"  # where a box sees the probes
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives")
NEEDED = (
    "Install bubblewrap (`sudo apt-get install bubblewrap`), or grade on a machine that has it."
)


class NoBox(CourseError):
    """The sandbox isn't available here; the message says why, and what to do."""


def why_not():
    """Return why no box can be made here, or None."""
    if sys.platform != "linux":
        return "The sandbox needs Linux."
    if not seccomp.supported():
        return f"The filter of system calls doesn't know this machine ({platform.machine()})."
    if shutil.which("bwrap") is None:
        return f"bubblewrap is not installed. {NEEDED}"
    said = _try_it()
    return f"bubblewrap can't make namespaces here: {said}" if said else None


@cache
def _try_it():
    """Return what bubblewrap says when it can't run a program in namespaces of its own, or None."""
    command = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "true"]
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stderr.strip() or "no reason given")[:300] if done.returncode else None


def _python_folders():
    return sorted({os.path.realpath(path) for path in (sys.prefix, sys.base_prefix)} | {sys.prefix})


def see_system():
    """Return bubblewrap's options for what can be read: system, Python, nothing of the course."""
    options = []
    for path in SYSTEM:
        if os.path.islink(path):
            options += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            options += ["--ro-bind", path, path]
    for path in SETTINGS:
        options += ["--ro-bind-try", path, path]
    folders = [path for path in _python_folders() if not path.startswith("/usr/")]
    for path in folders:
        options += _bind(path)
    if any(config.ROOT.is_relative_to(path) for path in (*SYSTEM, *folders)):
        options += ["--tmpfs", str(config.ROOT)]  # the course lies inside: hide it again
        for path in folders:
            options += _bind(path) if Path(path).is_relative_to(config.ROOT) else []
    return options


def _bind(path):
    """Return the options that show a folder; those above it can be passed, and are else empty."""
    options = []
    for parent in reversed(Path(path).parents[:-1]):
        options += ["--perms", "0755", "--dir", str(parent)]
    return [*options, "--ro-bind", str(path), str(path)]


def command(folder, is_root, descriptor, program):
    """Return the command of an empty box.

    folder: pathlib.Path, what it sees of the course; is_root: whether it needs no namespace
    of users; descriptor: where it tells its pid; program: a descriptor of its filter.
    """
    spaces = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    spaces += ["--unshare-cgroup-try"] + ([] if is_root else ["--unshare-user"])
    return [
        shutil.which("bwrap"),
        *spaces,
        *("--die-with-parent", "--new-session", "--clearenv", "--hostname", "box"),
        *("--proc", "/proc", "--dev", "/dev"),
        *("--perms", "1777", "--size", str(SHARED_MEMORY), "--tmpfs", "/dev/shm"),
        *("--perms", "1777", "--size", str(DISK), "--tmpfs", "/tmp"),
        *see_system(),  # behind /tmp: Python's environment may lie there
        *("--perms", "0755", "--dir", INSIDE, "--ro-bind", str(folder), INSIDE),
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"),
        *("--seccomp", str(program), "--info-fd", str(descriptor), "--", shutil.which("cat")),
    ]
