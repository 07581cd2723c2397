"""What stands in for a box where no namespaces can be made: another user, and a folder of its own.

Weaker than a box, see the page of `utils/grading/gradescope`: what the system shows to every user,
the answer sees too. Only a whole machine that is there for one submission, and is locked for other
users before (`utils/grading/gradescope/locked.py`), should use it.
"""

import os
import pwd
import secrets
import signal
import subprocess
import sys
import tempfile
import time

from .box import is_root
from .bubblewrap import DISK
from .inside import seccomp

FIRST_UID, LAST_UID = 60_578, 61_183  # that systems leave unused; boxes have others
MAX_FILES, MAX_DEPTH = 20_000, 40
LOOK_SECONDS = 0.2
END_SECONDS = 10
RIGHTS = (0, 1, 5, 6, 7, 8)  # chown, dac_override, kill, setgid, setuid, setpcap


def _why_not():
    """Return why no answer can run as another user here, or None."""
    if sys.platform != "linux":
        return "Running answers as another user needs Linux."
    if not seccomp.supported():
        return "The filter of system calls doesn't know this machine."
    if not is_root(RIGHTS):
        return "Running answers as another user needs root, with the rights to change users."
    return None


def processes():
    """Yield (pid, uid) of all processes that live.

    One whose first thread has ended looks dead, and isn't while others go on.
    """
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/status", encoding="utf-8", errors="replace") as file:
                    about = dict(line.split(":\t", 1) for line in file if ":\t" in line)
            except OSError:
                continue  # it has ended
            if about["State"][0] not in "ZX" or int(about["Threads"]) > 1:
                yield int(name), int(about["Uid"].split()[0])


def _new_uid():
    """Return a uid that no account and no process has. By chance: machines may share a kernel, and
    its count of each user's processes."""
    used = {uid for _, uid in processes()} | {account.pw_uid for account in pwd.getpwall()}
    return secrets.choice([uid for uid in range(FIRST_UID, LAST_UID + 1) if uid not in used])


def end_processes(first=FIRST_UID, last=LAST_UID):
    """Kill all processes of these users, until there is none. first, last: int.

    Raises RuntimeError where that can't be done.
    """
    end = time.monotonic() + END_SECONDS
    while found := [pid for pid, uid in processes() if first <= uid <= last]:
        for pid in found:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if time.monotonic() > end:
            raise RuntimeError("A process of an answer can't be ended.")
        time.sleep(0.005)


class OtherUser:
    """The same interface as `box.Box`. folder: pathlib.Path, whose files every user may read."""

    root = ""
    why_not = staticmethod(_why_not)

    def __init__(self, folder):
        self.uid, self._next, self._is_full = _new_uid(), 0.0, False
        self.home = tempfile.mkdtemp(prefix="home-", dir=folder)  # mode 0700
        os.chown(self.home, self.uid, self.uid)

    def namespaces(self):
        """Return {}: it is in those of the grader."""
        return {}

    def written(self):
        """Return 0: its files are on the disk, not in memory."""
        return 0

    def is_full(self):
        """Whether its folder holds more than a box's disk would, in bytes or files, or is too deep
        to be looked through. It looks five times a second at most."""
        if not self._is_full and time.monotonic() >= self._next:
            self._is_full = _is_over(self.home)
            self._next = time.monotonic() + LOOK_SECONDS
        return self._is_full

    def close(self):
        """End all its processes and remove its folder."""
        end_processes(self.uid, self.uid)
        # Python's own stumbles over folders in folders in folders
        subprocess.run(["rm", "-rf", "--one-file-system", "--", self.home], capture_output=True)


def _is_over(home):
    count = size = 0
    waiting = [(home, 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    about = entry.stat(follow_symlinks=False)
                    count, size = count + 1, size + about.st_blocks * 512
                    if size > DISK or count > MAX_FILES or depth > MAX_DEPTH:
                        return True
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, depth + 1))
        except FileNotFoundError:
            continue
        except OSError:  # no path leads there
            return True
    return False
