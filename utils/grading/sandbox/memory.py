"""How much memory a box takes, and whether the machine ran short of it.

A limit on the address space, which `inside/join.py` sets, binds at once; but what a box unmaps of
the forkserver's libraries makes room there. What the box really holds is looked at from outside.
"""

import re
import time

LOOK_SECONDS = 0.1
SHORT = 0.1  # of the machine's memory: with less than that left, some systems begin to kill


def _kilobytes(path, names):
    """Return the sum of some lines of a file in /proc, in bytes."""
    with open(path, encoding="ascii") as file:
        found = re.findall(rf"^(?:{'|'.join(names)}):\s+(\d+) kB", file.read(), re.MULTILINE)
    return 1024 * sum(map(int, found))


def _times_killed():
    """Return how often this system has killed a process because memory was short."""
    try:
        with open("/proc/vmstat", encoding="ascii") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith("oom_kill "))
    except OSError:
        return 0


def _share_left():
    try:
        left = _kilobytes("/proc/meminfo", ["MemAvailable"])
        return left / _kilobytes("/proc/meminfo", ["MemTotal"])
    except (OSError, ZeroDivisionError):
        return 1.0


class Memory:
    """Watches one box. pid: int, its kernel; written: function () -> bytes that its files take;
    limit: int, bytes."""

    def __init__(self, pid, written, limit):
        self.pid, self.written, self.limit = pid, written, limit
        self._killed, self._least, self._next = _times_killed(), 1.0, 0.0

    def is_over(self):
        """Whether the box holds more than its limit. It looks ten times a second at most."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + LOOK_SECONDS
        self._least = min(self._least, _share_left())
        try:
            return self._at_most() > self.limit and self.used() > self.limit
        except OSError:  # it is gone
            return False

    def _at_most(self):
        """Return what it may hold: quick to read, but what it shares with others counts whole."""
        names = ["RssAnon", "RssShmem", "VmSwap"]
        return _kilobytes(f"/proc/{self.pid}/status", names) + self.written()

    def used(self):
        """Return the bytes that the box holds: private, shared, and in files."""
        path = f"/proc/{self.pid}/smaps_rollup"
        try:
            return _kilobytes(path, ["Pss_Anon", "Pss_Shmem", "SwapPss"]) + self.written()
        except PermissionError:  # it made itself unreadable, or this is no system's full root
            return self._at_most()

    def was_short(self):
        """Whether the machine was short of memory at some time since this box began."""
        return _times_killed() > self._killed or min(self._least, _share_left()) < SHORT
