"""The grader's own processes: workers that die, errors, and what a signal leaves behind."""

import gc
import os
import signal
import subprocess
import sys
import time

import keras
import numpy as np

from tests.support.grading_room import needs_box
from utils import config
from utils.grading.canaries import notebook
from utils.grading.results import ExerciseResult, Status, SubmissionResult
from utils.grading.workers import Inline, Pool


def result_with(score):
    """Return what grades a submission in these tests."""
    about = ExerciseResult("expand", 3, Status.TIMED_OUT, "slow", flags=["eval"])
    return SubmissionResult("Åsa", "Åsa", 1, 2**62, 3, score=score, exercises=[about])


def test_an_error_of_the_grader_is_an_answer():
    """Also where it works in the command's own process, as with --trusted."""
    [(_, result, problem)] = Inline(lambda number: 1 / number).grade([0])
    assert result is None and problem.startswith("ZeroDivisionError")


def test_a_worker_that_dies_idle_is_replaced():
    """As when memory runs out between two submissions."""
    pool = Pool(result_with, 1)
    answers = pool.grade([1, 2, 3])
    assert next(answers) == (1, result_with(1), "")
    pool.workers[0].process.kill()  # seen before the next job is handed out
    pool.workers[0].process.join()
    assert next(answers) == (2, result_with(2), "")
    pool.workers[0].process.kill()  # or only then
    assert next(answers) == (3, result_with(3), "")
    pool.close()


def test_a_worker_leaves_alone_what_tensorflow_left_in_the_parent():
    """A fork that collects the parent's garbage dies where a trained network is in it."""
    gc.disable()  # so that the garbage is still there when the worker starts
    try:
        for _ in range(6):
            model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
            model.compile("adam", "mse")
            model.fit(np.zeros((8, 4)), np.zeros(8), verbose=0)
        del model
        pool = Pool(lambda number: result_with(number + (gc.collect() < 0)), 1)
        assert list(pool.grade([1])) == [(1, result_with(1), "")]
        pool.close()
    finally:
        gc.enable()


@needs_box
def test_a_terminated_group_leaves_nothing_behind(tmp_path):
    """SIGTERM to all of a run's processes: the forkserver outlives it and removes its folders."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ipynb").write_bytes(notebook("expand = 1"))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    arguments = ["week1", tmp_path / "in", "--out", tmp_path / "out", "--jobs=1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "utils.grading", *arguments],
        cwd=config.ROOT,
        env={**os.environ, "PYTHONPATH": str(config.ROOT), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while not list(temporary.glob("grading-*/socket")) and time.monotonic() < end:
        time.sleep(0.02)
    assert list(temporary.glob("forkserver-*"))
    os.killpg(process.pid, signal.SIGTERM)
    process.communicate(timeout=20)
    while list(temporary.iterdir()) and time.monotonic() < end:
        time.sleep(0.05)
    assert not list(temporary.iterdir())
