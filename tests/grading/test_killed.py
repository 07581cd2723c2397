"""Kernels that are killed: by a machine short of memory, which is no score, or by themselves."""

import itertools
import os
import signal
import threading
import time
from pathlib import Path
from unittest import mock

import pytest

from tests.support.grading_room import GOOD, IMPORTS, needs_box, room
from utils.grading import grade
from utils.grading.canaries import Canary, notebook
from utils.grading.sandbox import memory

pytestmark = needs_box


SLOW_AND_RIGHT = """
import time

def sgd_step(w, grad, eta):
    open('/tmp/here', 'w').close()
    time.sleep(1)
    return w - eta * grad
"""


def _kernel_in(box):
    """Return the pid of the kernel in a box, as seen from here."""
    space = os.readlink(f"/proc/{box.pid}/ns/pid")
    for entry in Path("/proc").iterdir():
        try:
            is_inside = entry.name.isdigit() and os.readlink(entry / "ns" / "pid") == space
            if is_inside and "python" in os.readlink(entry / "exe"):
                return int(entry.name)
        except OSError:
            continue
    return None


def _graded_while_killing(times):
    """Grade a right answer while the first kernels are killed as they run it."""
    kernels = []

    def start():
        kernels.append(room(1).kernel())
        return kernels[-1]

    def kill():
        for number in range(times):
            while len(kernels) <= number or not Path(kernels[number].box.root, "tmp/here").exists():
                time.sleep(0.01)
            os.kill(_kernel_in(kernels[number].box), signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    result = grade.grade(
        Canary("killed", notebook(IMPORTS, GOOD, SLOW_AND_RIGHT)), room(1).judge, start
    )
    killer.join(1)
    return result, {exercise.name: exercise for exercise in result.exercises}


def test_what_the_host_kills_once_is_run_again():
    """As where memory is short: the answer is right, and keeps its points."""
    result, found = _graded_while_killing(1)
    assert found["sgd_step"].score == 1, found["sgd_step"]
    assert found["expand"].score == 1
    assert result.status == "graded" and not result.failed


def test_what_the_host_kills_twice_is_no_score():
    """Where memory is short: it is handed to the instructor, and --resume tries it again."""
    with mock.patch.object(memory, "_times_killed", itertools.count().__next__):
        result, found = _graded_while_killing(2)
    assert result.failed and result.status == "not gradable"
    assert "`sgd_step`" in result.reason and "no score" in result.reason
    assert found["sgd_step"].status == "failed"
    assert found["expand"].score == 1


KILLERS = {
    "by a signal": "import os\n    os.kill(os.getpid(), 9)",
    "by a limit": "import resource\n    resource.setrlimit(resource.RLIMIT_CPU, (0, 0))\n"
    "    while True: pass",
    "from a thread": "import os, threading\n    threading.Timer(0.2, os.kill, [os.getpid(), 9])"
    ".start()\n    threading.Event().wait()",
}


@pytest.mark.parametrize("way", KILLERS)
def test_what_kills_itself_has_no_one_else_to_blame(way):
    """The machine had memory: it is that exercise's fault, and --resume doesn't try it again."""
    found = room(1).grade(GOOD, f"def sgd_step(w, grad, eta):\n    {KILLERS[way]}")
    assert room(1).result.is_graded and not room(1).result.failed
    assert (found["sgd_step"].status, found["sgd_step"].score) == ("kernel died", 0)
    assert "this machine had enough memory" in found["sgd_step"].reason
    assert found["expand"].score == 1
