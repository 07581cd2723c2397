"""An empty box: bubblewrap's namespaces around a program that only waits.

A fork of the forkserver joins it; when its standard input closes, or the grader ends in whatever
way, the box and all that is in it are gone.
"""

import contextlib
import json
import os
import signal
import subprocess

from .bubblewrap import NoBox, command, why_not
from .inside import seccomp
from .listener import MIB

FIRST_UID, NUM_UIDS = 61_184, 4_000  # users that no system has; root gives each box another
# With these no namespace of users is needed: setgid, setuid, setpcap, sys_chroot, sys_admin.
RIGHTS = (6, 7, 8, 18, 21)
NAMESPACES = ("ipc", "uts", "net", "cgroup", "pid", "mnt")
NS_GET_USERNS = 0xB701  # ioctl of a namespace: the namespace of users that owns it
WRITABLE = ("tmp", "dev/shm")  # inside a box, in memory
HOLDER_LIMITS = {"DATA": 16 * MIB, "AS": 64 * MIB, "FSIZE": MIB, "NOFILE": 32, "CORE": 0}


def is_root(needed):
    """Whether this process is root, with some rights. needed: numbers of capabilities."""
    if os.geteuid() != 0:
        return False
    with open("/proc/self/status", encoding="ascii") as file:
        held = next(line.split()[1] for line in file if line.startswith("CapEff"))
    return all(int(held, 16) >> number & 1 for number in needed)


def _filter():
    """Return a descriptor of the filter of system calls, for the box's own two processes."""
    read, write = os.pipe()
    os.write(write, seccomp.program())
    os.close(write)
    return read


class Box:
    """One empty box. pid: int, its first process as seen from here; uid: int or None; home: str,
    the folder in it that a kernel may write to; folder: see `bubblewrap.command`.

    `other_user.OtherUser` has the same interface, for machines that have no boxes.
    """

    _count = 0
    pid = None
    home = "/tmp"
    why_not = staticmethod(why_not)

    def __init__(self, folder):
        problem = why_not()
        if problem:
            raise NoBox(problem)
        root = is_root(RIGHTS)
        Box._count += 1
        number = (os.getpid() * 31 + Box._count) % NUM_UIDS
        self.uid = FIRST_UID + number if root else None
        read, write = os.pipe()
        program = _filter()
        self.process = subprocess.Popen(
            command(folder, root, write, program),
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

    def written(self):
        """Return the bytes that its files take, which are in memory here."""
        found = [os.statvfs(f"{self.root}/{folder}") for folder in WRITABLE]
        return sum((each.f_blocks - each.f_bfree) * each.f_frsize for each in found)

    def is_full(self):
        """Whether more was written than may be: never, as these disks have a size."""
        return False

    def close(self):
        """End the box with all that is in it; wait until it is gone."""
        pid, self.pid = self.pid, None  # a second call could meet another's process
        if pid is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)  # its first process: all others go with it
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
