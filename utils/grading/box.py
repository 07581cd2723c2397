"""An empty box: bubblewrap's namespaces around a program that only waits.

A fork of the warm parent joins it; when its standard input closes, or the grader ends in whatever
way, the box and all that is in it are gone.
"""

import contextlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

from .. import config
from ..errors import CourseError
from .listener import MIB
from .inside import seccomp

FIRST_UID, NUM_UIDS = 61_184, 4_000  # users that no system has; root gives each box another
DISK, SHARED_MEMORY = 64 * MIB, 16 * MIB  # bytes that a box may write
NAMESPACES = ("ipc", "uts", "net", "cgroup", "pid", "mnt")
NS_GET_USERNS = 0xB701  # ioctl of a namespace: the namespace of users that owns it
HOLDER_LIMITS = {"DATA": 16 * MIB, "AS": 64 * MIB, "FSIZE": MIB, "NOFILE": 32, "CORE": 0}
INSIDE = "/course"  # where a box sees the probes
SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin")
SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives")
NEEDED = (
    "Install bubblewrap (`sudo apt-get install bubblewrap`), or grade on a machine that has it."
)


class NoBox(CourseError):
    """The sandbox can't be had here; the message says why, and what to do."""


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


def _is_root():
    """Whether this process may make namespaces without one for users, and change its user."""
    if os.geteuid() != 0:
        return False
    with open("/proc/self/status", encoding="ascii") as file:
        held = next(line.split()[1] for line in file if line.startswith("CapEff"))
    needed = (6, 7, 8, 18, 21)  # setgid, setuid, setpcap, sys_chroot, sys_admin
    return all(int(held, 16) >> number & 1 for number in needed)


def _python_folders():
    return sorted({os.path.realpath(path) for path in (sys.prefix, sys.base_prefix)} | {sys.prefix})


def _see_system():
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


def _filter():
    """Return a descriptor of the filter of system calls, for the box's own two processes."""
    read, write = os.pipe()
    os.write(write, seccomp.program())
    os.close(write)
    return read


def _command(bwrap, warm_folder, is_root, descriptor, program):
    spaces = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    spaces += ["--unshare-cgroup-try"] + ([] if is_root else ["--unshare-user"])
    return [
        bwrap,
        *spaces,
        *("--die-with-parent", "--new-session", "--clearenv", "--hostname", "box"),
        *("--proc", "/proc", "--dev", "/dev"),
        *("--perms", "1777", "--size", str(SHARED_MEMORY), "--tmpfs", "/dev/shm"),
        *("--perms", "1777", "--size", str(DISK), "--tmpfs", "/tmp"),
        *_see_system(),  # behind /tmp: Python's environment may lie there
        *("--perms", "0755", "--dir", INSIDE, "--ro-bind", str(warm_folder), INSIDE),
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp"),
        *("--seccomp", str(program), "--info-fd", str(descriptor), "--", shutil.which("cat")),
    ]


class Box:
    """One empty box. pid: int, its first process as seen from here; uid: int or None."""

    _count = 0
    pid = None

    def __init__(self, warm_folder):
        problem = why_not()
        if problem:
            raise NoBox(problem)
        root = _is_root()
        Box._count += 1
        number = (os.getpid() * 31 + Box._count) % NUM_UIDS
        self.uid = FIRST_UID + number if root else None
        read, write = os.pipe()
        program = _filter()
        command = _command(shutil.which("bwrap"), warm_folder, root, write, program)
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[write, program],
            env={},
        )
        os.close(write)
        os.close(program)
        try:
            self.pid = self._wait(read)
            self._limit()
        except BaseException:
            self.close()
            raise

    def _wait(self, read):
        """Return the pid once all is mounted: then `cat` runs, and sends a byte back."""
        with open(read, encoding="ascii") as file:
            text = file.read()
        try:
            self.process.stdin.write(b"?")
            self.process.stdin.flush()
            answer = self.process.stdout.read(1)
        except OSError:
            answer = b""
        if answer != b"?":
            said = self.process.stderr.read(2000).decode(errors="replace").strip()
            raise NoBox(
                f"bubblewrap could not make a box: {said or 'it said nothing'}. Are user "
                "namespaces forbidden here (AppArmor on Ubuntu 24.04, a container without them)?"
            )
        return json.loads(text)["child-pid"]

    def _limit(self):
        """Limit the box's own processes too: an ordinary user's code could take them over."""
        import resource  # Linux only, as all that makes a box

        with open(f"/proc/{self.pid}/task/{self.pid}/children", encoding="ascii") as file:
            others = [int(number) for number in file.read().split()]
        for pid in (self.pid, *others):
            for name, value in HOLDER_LIMITS.items():
                resource.prlimit(pid, getattr(resource, f"RLIMIT_{name}"), (value, value))

    def namespaces(self):
        """Return open descriptors of the box's namespaces, in the order in which to join them.

        dict, name → int; close them. As an ordinary user, bubblewrap makes two namespaces of
        users, one in the other: the first owns all the rest, the second is what the box runs in.
        """
        found = {name: self._open(name) for name in NAMESPACES}
        if self.uid is not None:
            return found  # root stays in the first one, and changes its user
        import fcntl  # not on Windows

        owner, user = fcntl.ioctl(found["mnt"], NS_GET_USERNS), self._open("user")
        if os.fstat(owner).st_ino == os.fstat(user).st_ino:
            os.close(user)
            return {"owner": owner, **found}
        return {"owner": owner, **found, "user": user}

    def _open(self, name):
        return os.open(f"/proc/{self.pid}/ns/{name}", os.O_RDONLY | os.O_CLOEXEC)

    @property
    def root(self):
        """The box's root folder, as a path that this process can use."""
        return f"/proc/{self.pid}/root"

    def close(self):
        """End the box with all that is in it; wait until it is gone."""
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)  # its first process: all others go with it
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
