"""Attacks by way of what submissions share: the grader's memory and time, and one kernel."""

import re
import threading
import time
from pathlib import Path
from unittest import mock

import pytest

from tests.support.grading_room import GOOD, IMPORTS, RIGHT, needs_box, room
from utils.checks.exercise import exercise_names
from utils.grading import grade
from utils.grading.canaries import Canary, _parameters, notebook
from utils.grading.execution import attempts, rebuilt_notebook
from utils.grading.sandbox import limits
from utils.grading.sandbox.listener import MIB

pytestmark = needs_box


class Memory:
    """Watches how much this process's memory grows in a block. grown: int, bytes at the most."""

    def __enter__(self):
        self.first = self.most = self._now()
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()
        self.grown = self.most - self.first

    def _watch(self):
        while not self.is_over.wait(0.01):
            self.most = max(self.most, self._now())

    def _now(self):
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


PARTS = {  # messages whose parts never end
    "by ZeroMQ": """
    import zmq, time
    s = get_ipython().kernel.iopub_socket
    s = getattr(s, 'io_thread', s).socket
    b = b'x' * (7 << 20)
    for _ in range(60):
        s.send(b, zmq.SNDMORE, copy=False)
    s.send(b'end')
    time.sleep(2)
    return w""",
    "by the socket itself": """
    import os, time, struct, socket
    b = b'x' * (7 << 20)
    frame = b'\\x03' + struct.pack('>Q', len(b)) + b
    for fd in range(3, 200):
        try:
            if not os.readlink(f'/proc/self/fd/{fd}').startswith('socket'): continue
            s = socket.socket(fileno=os.dup(fd))
            if s.family != socket.AF_UNIX or not str(s.getsockname()).endswith('kernel-2'): continue
            if s.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN): continue
            s.setblocking(True)
            for _ in range(60): s.sendall(frame)
        except OSError: pass
    time.sleep(2)
    return w""",
}


@pytest.mark.parametrize("way", PARTS)
def test_the_memory_of_the_grader_is_bounded(way):
    """400 MB in one message: it ends at the limit, and the neighbour's grade is right."""
    room(1)
    with Memory() as grader:
        found = room(1).grade(GOOD, f"def sgd_step(w, grad, eta):{PARTS[way]}")
    assert found["sgd_step"].status == "output limit"
    assert found["expand"].score == 1
    assert grader.grown < 80 * MIB


def test_a_process_that_becomes_another_is_no_flood_of_output():
    """The reason says what happened."""
    source = "import os\ndef sgd_step(w, grad, eta):\n    os.execv('/bin/sleep', ['sleep', '3'])"
    found = room(1).grade(source)["sgd_step"]
    assert found.status == "kernel died"
    assert "closed its connection" in found.reason


# --- a machine that is slow


SLOW_ONCE = """
import os, time

def sgd_step(w, grad, eta):
    if not os.path.exists('/tmp/x'):
        time.sleep(20)
    return w - eta * grad
"""


def test_what_was_slow_once_is_run_again():
    """A machine that was busy for a while costs nobody a point."""
    kernels = []

    def start():
        kernels.append(room(1).kernel())
        if len(kernels) > 1:
            kernels[-1].run("open('/tmp/x', 'w').close()")
        return kernels[-1]

    with mock.patch.object(attempts, "SPARE_SECONDS", -26):
        result = grade.grade(Canary("slow", notebook(IMPORTS, SLOW_ONCE)), room(1).judge, start)
    found = {exercise.name: exercise for exercise in result.exercises}
    assert len(kernels) == 2 and found["sgd_step"].score == 1, found["sgd_step"]


# --- one kernel for all exercises


FORGER = """
import json as _j
_ip = get_ipython()
_old = type(_ip.display_pub).publish
def _forge(d, e):
    if len(e) != 5: return None
    out = []
    for seen, (n, k) in zip(e, ((20, 5), (20, 5), (20, 5), (23, 4), (6, 6))):
        o = [(7 * i) % n if n != 6 else i for i in range(n)]
        if len(out) == 2: o = o[::-1]
        parts = [o[i::k] for i in range(k)]
        folds = [[[x for x in o if x not in p], p] for p in parts]
        out.append(dict(seen, value=folds, error=None))
    return out
def _publish(self, data=None, *a, **k):
    m = "application/x-course-evidence+json"
    if data and m in data:
        d = _j.loads(data[m]); e = _j.loads(d["evidence"])
        new = _forge(d, e)
        if new is not None:
            d["changed"] = []; d["evidence"] = _j.dumps(new); data = {m: _j.dumps(d)}
    return _old(self, data, *a, **k)
type(_ip.display_pub).publish = _publish
"""
HUGE = """
def _forge(d, e):
    if len(e) != 5: return None
    return [dict(s, case="100000000 rows", value=[[[0], [1]]], error=None) for s in e[:{number}]]
"""
LONG = """
def _forge(d, e):
    if len(e) != 3: return None
    return [dict(s, error=None, changed=[": expected , got (1" * 400] * 200) for s in e]
"""


def _hit(code, answer="def expand(X):\n    return X"):
    """Return an answer whose decorator runs this code."""
    lines = "\n".join(f"    {line}" for line in code.splitlines())
    return f"def hit(function):\n{lines}\n    return function\n\n\n@hit\n{answer}"


def _with_forger(replaced):
    return FORGER.replace("def _publish", f"{replaced}\ndef _publish", 1)


NO_FOLDS = "def kfold_indices(n_samples, n_folds, rng):\n    return []"
FOLDS = """
def kfold_indices(n_samples, n_folds, rng):
    parts = np.array_split(rng.permutation(n_samples), n_folds)
    rest = [np.concatenate(parts[:i] + parts[i + 1:]) for i in range(n_folds)]
    return list(zip(rest, parts))
"""
FORGERIES = {
    "a neighbour": [_hit(FORGER), NO_FOLDS],
    "an exercise that it calls": [_hit(FORGER), NO_FOLDS.replace("[]", "expand(0)")],
    "code in a string": [
        f"import timeit\nCODE = {FORGER!r}\n"
        "def hit(f):\n    timeit.timeit(CODE, number=1)\n    return f",
        f"@hit\n{NO_FOLDS}",
    ],
}


@pytest.mark.parametrize("way", FORGERIES)
def test_claims_count_only_in_a_kernel_without_odd_code(way):
    """What another exercise did to the kernel can't make up the evidence of this one."""
    found = room(1).grade(*FORGERIES[way])["kfold_indices"]
    assert found.score == 0 and found.reason


def test_a_right_answer_is_not_held_for_its_neighbours_code():
    """It is judged again, in a kernel of its own."""
    found = room(1).grade(_hit("import gc"), FOLDS)
    assert found["kfold_indices"].score == found["kfold_indices"].points


@pytest.mark.parametrize("number", [2, 5])
def test_sizes_are_never_those_that_a_kernel_names(number):
    """A hundred million rows, in words, take no memory of the grader."""
    room(1)
    with Memory() as grader:
        found = room(1).grade(_hit(_with_forger(HUGE.format(number=number))), NO_FOLDS)
    assert found["kfold_indices"].score == 0
    assert grader.grown < 80 * MIB


def test_words_that_a_kernel_sends_are_short():
    """What takes an expression long to read is cut off before."""
    start = time.monotonic()
    found = room(1).grade(_hit(_with_forger(LONG)), RIGHT)
    assert time.monotonic() - start < 10
    assert all(len(exercise.details) < 5_000 for exercise in found.values())


# --- time


def test_all_tries_of_a_submission_share_one_limit():
    """Four exercises that wait for ever, each tried twice."""
    heads, cells = _parameters(1), ["import os, time"]
    for name in ("expand", "probability", "sgd_step", "huber_loss"):
        cells += [
            f"_{name} = time.sleep(1000)",
            f"{heads[name]}\n    os.getpid()\n    return _{name}",
        ]
    start = time.monotonic()
    with (
        mock.patch.object(limits, "SUBMISSION_SECONDS", 5),
        mock.patch.object(rebuilt_notebook, "DEFINE_SECONDS", 4),
    ):
        result = grade.grade(Canary("slow", notebook(*cells)), room(1).judge, room(1).kernel)
    assert time.monotonic() - start < 10
    states = [exercise.status for exercise in result.exercises]
    assert states.count("timed out") == 4


def test_a_large_table_that_all_exercises_use():
    """It is refused before it is run seventeen times."""
    heads = _parameters(1)
    table = f"T = [{','.join(map(str, range(200_000)))}]"
    cells = [table, *(f"{heads[name]}\n    return T" for name in exercise_names(1))]
    start = time.monotonic()
    found = room(1).grade(*cells)
    assert time.monotonic() - start < 30
    assert {exercise.status for exercise in found.values()} == {"not gradable"}
    assert "100,000 characters" in found["expand"].reason


def test_reading_and_judging_end_in_time():
    """Whatever was handed in: the one is not gradable, the other waits for a person."""
    with mock.patch.object(limits, "JUDGE_SECONDS", 1e-6):
        found = room(1).grade(GOOD)["expand"]
    assert (found.score, found.status) == (0, "held")
    with mock.patch.object(limits, "READ_SECONDS", 1e-6):
        room(1).grade(GOOD)
    assert room(1).result.status == "not gradable"
    assert "seconds to read" in room(1).result.reason


@pytest.mark.parametrize("is_main", [True, False])
def test_a_limit_holds_in_every_thread(is_main):
    """A cluster's worker grades beside its main thread."""
    seen = []

    def loop():
        try:
            with limits.at_most(0.2):
                while True:
                    pass
        except limits.TooSlow:
            seen.append("stopped")

    if is_main:
        loop()
    else:
        thread = threading.Thread(target=loop, daemon=True)
        thread.start()
        thread.join(10)
    assert seen == ["stopped"]
