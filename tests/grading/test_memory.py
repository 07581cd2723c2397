"""A box's memory ends at its limit, of whatever kind it is and however fast it is taken."""

import contextlib
import re
import threading
import time
from pathlib import Path
from unittest import mock

import pytest

from tests.support.grading_room import GOOD, needs_box, room, said
from utils.grading.results import Status
from utils.grading.sandbox import boxed_kernel
from utils.grading.sandbox.listener import MIB, Stopped

pytestmark = needs_box
LIMIT = 600 * MIB

SHARED = """
import mmap, threading
held = []
def take(number=-1, size=1 << 26, flags=mmap.MAP_SHARED):
    try:
        while True:
            piece = mmap.mmap(number, size, flags)
            held.append(piece)
            for place in range(0, size, 4096): piece[place] = 1
    except (OSError, ValueError, MemoryError): pass
"""
KINDS = {
    "shared": f"{SHARED}\ntake()",
    "shared, at once": f"{SHARED}\ntake(flags=mmap.MAP_SHARED | 0x8000)",  # MAP_POPULATE
    "of a device": f"{SHARED}\nzero = open('/dev/zero', 'r+b')\ntake(zero.fileno())",
    "by threads": f"{SHARED}\nmany = [threading.Thread(target=take) for _ in range(20)]\n"
    "for each in many: each.start()\nfor each in many: each.join()",
    "private": "held = []\ntry:\n    while True: held.append(bytearray(b'x') * (1 << 26))\n"
    "except MemoryError: pass",
    "files, then shared": f"""{SHARED}
for folder in ("/tmp", "/dev/shm"):
    for number in range(100):
        try:
            with open(f"{{folder}}/{{number}}", "wb") as file: file.write(b"x" * (1 << 24))
        except OSError: break
take()""",
}


class Watch:
    """Measures in a block what a kernel's process holds by itself. most: int, bytes at the most."""

    def __init__(self, kernel):
        self.kernel, self.most = kernel, 0

    def __enter__(self):
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()

    def _watch(self):
        while not self.is_over.wait(0.02):
            with contextlib.suppress(OSError):
                self.most = max(self.most, self._now())

    def _now(self):
        text = Path(f"/proc/{self.kernel.memory.pid}/smaps_rollup").read_text(encoding="ascii")
        found = dict(re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE))
        return sum(int(found[name]) * 1024 for name in ("Pss_Anon", "Pss_Shmem"))


@pytest.fixture
def kernel():
    """A kernel that may take 600 MB."""
    made = room(1).kernel(memory=LIMIT)
    yield made
    made.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_memory_goes_beyond_the_limit(kernel, kind):
    """The system refuses it, or the box ends."""
    with Watch(kernel) as watch, contextlib.suppress(Stopped):
        said(kernel, f"{KINDS[kind]}\nimport time; time.sleep(0.5)")
    assert 0.4 * LIMIT < watch.most < 1.1 * LIMIT


def test_what_the_system_lets_pass_ends_the_box(kernel):
    """As where it took the place of the libraries that it doesn't need."""
    kernel.memory.limit = LIMIT // 2
    with Watch(kernel) as watch, pytest.raises(Stopped) as stop:
        said(kernel, f"{KINDS['shared']}\nimport time; time.sleep(60)")
    assert stop.value.status == Status.KERNEL_DIED and not stop.value.killed
    assert stop.value.text == "It took more than 300 MB of memory."
    assert watch.most < LIMIT


def test_a_box_that_hides_what_it_holds_is_measured_all_the_same(kernel):
    """A process may make its own entries in /proc unreadable."""
    kernel.memory.limit = LIMIT // 2
    with pytest.raises(Stopped, match="MB of memory"):
        said(kernel, f"import ctypes\nctypes.CDLL(None).prctl(4, 0)\n{KINDS['shared']}")


@pytest.mark.parametrize("kind", ["shared", "private"])
def test_who_takes_too_much_loses_that_exercise_alone(kind):
    """The kernel is a new one for the next exercise."""
    lines = "\n".join(f"    {line}" for line in KINDS[kind].splitlines())
    answer = f"def sgd_step(w, grad, eta):\n{lines}\n    import time; time.sleep(1)\n    return 0"

    start = time.monotonic()
    with mock.patch.dict(boxed_kernel.LIMITS, memory=LIMIT):
        found = room(1).grade(GOOD, answer)
    assert (found["sgd_step"].score, found["expand"].score) == (0, 1)
    assert found["sgd_step"].reason and room(1).result.is_graded
    assert time.monotonic() - start < 30


def test_empty_files_are_few(kernel):
    """They take no room of the disk, but memory of the host."""
    code = """
import os
for folder in ("/tmp", "/dev/shm"):
    made = 0
    try:
        while made < 100_000:
            os.close(os.open(f"{folder}/e{made}", os.O_CREAT)); made += 1
    except OSError as error: print(folder, made, error.errno, os.statvfs(folder).f_files)
"""
    found = [line.split() for line in said(kernel, code).splitlines()]
    assert [line[0] for line in found] == ["/tmp", "/dev/shm"]
    assert all(100 < int(line[1]) < 20_000 and line[3] == "20000" for line in found)


def test_memory_ends_at_the_limit():
    """Private and shared memory; the kernel lives on."""
    kernel = room(1).kernel(memory=400 * MIB)
    try:
        code = """
import mmap
for make in (lambda: bytearray(600 << 20), lambda: mmap.mmap(-1, 2000 << 20)):
    try: make(); print("got it")
    except (MemoryError, OSError): print("refused")
"""
        assert said(kernel, code).split() == ["refused", "refused"]
    finally:
        kernel.stop()
