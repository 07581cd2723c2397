"""Grading on a Dask cluster: a real scheduler and two workers on this machine's loopback."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.grading.test_command import grades, run
from tests.support.changed_course import Course
from tests.support.grading_room import needs_box
from utils import config
from utils.errors import CourseError
from utils.grading.sample_cohort import make_cohort

pytestmark = needs_box


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _start(*arguments, course=config.ROOT):
    places = [str(course), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places), "COURSE_PROFILE": "tiny"}
    command = [sys.executable, "-m", "distributed.cli.dask_worker"]
    if arguments[0] == "scheduler":
        command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    return subprocess.Popen(
        [*command, *arguments[1:]],
        env=environment,
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@contextlib.contextmanager
def _workers(*courses):
    """Yield (address, the workers' processes): one worker for each copy of the course."""
    pytest.importorskip("distributed", reason="Dask is not installed (pip install distributed)")
    address = f"tcp://127.0.0.1:{_free_port()}"
    quiet = ["--no-dashboard", "--host", "127.0.0.1"]
    scheduler = _start("scheduler", "--port", address.rpartition(":")[2], *quiet)
    more = ["--nthreads", "1", "--no-nanny", *quiet]
    workers = [_start("worker", address, *more, course=course) for course in courses]
    try:
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster():
    """(address, the two workers' processes)."""
    with _workers(config.ROOT, config.ROOT) as found:
        yield found


@pytest.mark.slow
def test_a_cluster_grades_and_survives_a_worker(cluster, tmp_path):
    """The same grades as local processes give, though a worker is killed on the way."""
    address, workers = cluster
    make_cohort(tmp_path / "in", 1, 10, seed=2)
    out = tmp_path / "out"

    def kill():
        end = time.monotonic() + 120
        while time.monotonic() < end and not list(out.glob("details/*.json")):
            time.sleep(0.05)
        workers[0].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    assert run("week1", tmp_path / "in", "--out", out, "--seed=3", "--scheduler", address) == 0
    killer.join()
    workers[0].wait(timeout=10)
    assert run("week1", tmp_path / "in", "--out", tmp_path / "local", "--seed=3") == 0
    assert len(grades(out)) == 10
    assert grades(out) == grades(tmp_path / "local")


@pytest.mark.slow
def test_a_worker_of_another_version_gives_no_score(tmp_path, capsys):
    """It says so, and nothing is left behind. The profile is the command's, not the worker's."""
    course = Course(tmp_path / "course")
    path = "utils/checks/week1/huber_loss.py"
    course.edit(path, "new_check(__name__)", "new_check(__name__, points=2)")
    make_cohort(tmp_path / "in", 1, 1, seed=2)
    out = tmp_path / "out"
    with _workers(course.folder) as (address, _):
        assert run("week1", tmp_path / "in", "--out", out, "--scheduler", address) == 2
    said = capsys.readouterr().err
    assert "another version of the course" in said and "huber_loss is worth 1 point, was 2" in said
    assert not out.exists()


def test_a_parcel_is_what_was_handed_in(tmp_path):
    """Its hash is the submission's, which a resumed run asks for."""
    from utils.grading import cluster
    from utils.grading.intake import submissions

    make_cohort(tmp_path / "in", 1, 1)
    [submission] = submissions.find(tmp_path / "in")
    assert submissions.digest(cluster.pack(submission)) == submissions.digest(submission)


def test_no_scheduler_is_said(tmp_path):
    """In one line."""
    pytest.importorskip("distributed", reason="Dask is not installed (pip install distributed)")
    from utils.grading.cluster import Cluster

    with pytest.raises(CourseError, match="no Dask scheduler"):
        Cluster(f"tcp://127.0.0.1:{_free_port()}", 1, 1, False, timeout=2)
