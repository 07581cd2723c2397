"""Distributes submissions over the workers of a Dask cluster (`pip install distributed`).

Each worker process starts a forkserver and boxes of its own; a submission travels as bytes. One
that was on a worker that died goes to another worker.
"""

import contextlib
import os
import socket
import threading
import time
from dataclasses import dataclass, replace

from ..errors import CourseError
from . import versions
from .batch import DEFAULT, Grader, open_forkserver
from .differences import difference
from .intake.submissions import Submission
from .regrade import Again
from .results import SubmissionResult
from .sandbox.box import why_not
from .workers import HEARTBEAT

_state, _lock = {}, threading.Lock()  # of a worker process


@dataclass(frozen=True)
class Parcel(Submission):
    """A submission with what it holds, for another machine.

    held: tuple of (name, bytes or NotGradable).
    """

    held: tuple = ()

    def notebooks(self):
        return iter(self.held)


def pack(work):
    """Return a Submission as a Parcel, and an Again with one; a canary holds its bytes itself."""
    if isinstance(work, Again):
        return replace(work, submission=pack(work.submission))
    return work if work.is_canary else Parcel(**vars(work), held=tuple(work.notebooks()))


def _grade(parcel, stamp, *settings):
    """In a worker: grade one submission; the first one starts the forkserver.

    stamp: of whoever sends it, see `versions.stamp`; settings: week, seed, trusted, limits.
    """
    with _lock:  # nbval and pytest are one at a time in a process
        os.environ["COURSE_PROFILE"] = stamp["setting"]["profile"]
        _check_version(versions.stamp(settings[0], stamp["pick"]), stamp)
        if _state.get("for") != (stamp, settings):
            if _state.get("forkserver"):
                _state.pop("forkserver").close()
            _state.update(grader=_grader(stamp["pick"], *settings))
            _state["for"] = stamp, settings
        return _state["grader"].grade(parcel).to_json()


def _check_version(own, wanted):
    differs = difference(own, wanted)
    if differs:
        raise CourseError(
            f"The worker on {socket.gethostname()} has another version of the course, so it grades "
            f"nothing ({'; '.join(differs.words[:3])}): give it this one, and start it anew."
        )


def _grader(pick, week, seed, trusted, limits):
    forkserver = None if trusted else open_forkserver(week)
    if forkserver:
        _state["forkserver"] = forkserver
        forkserver.wait()
    return Grader(week, seed, forkserver=forkserver, limits=limits, pick=pick)


class Cluster:
    """The same interface as workers.Pool, on a Dask cluster. address: str, the scheduler's."""

    waits = None

    def __init__(self, address, week, seed, trusted, limits=DEFAULT, pick="latest", timeout=20):
        try:
            from distributed import Client
        except ImportError:
            raise CourseError("--scheduler needs Dask: pip install distributed.") from None
        if not trusted and why_not():
            raise CourseError(why_not())
        try:
            self.client = Client(address, timeout=timeout)
        except (OSError, ValueError) as error:
            raise CourseError(f"There is no Dask scheduler at {address}: {error}") from None
        self.stamp = versions.stamp(week, pick)
        self.settings = (week, seed, trusted, limits)
        self._sent, self._since = {}, {}

    def grade(self, submissions):
        """Yield (submission, SubmissionResult, "") as they are done, or (submission, None, problem)
        where the grader failed on one."""
        self._sent = {
            self.client.submit(_grade, pack(item), self.stamp, *self.settings, pure=False): item
            for item in list(submissions)
        }
        while self._sent:
            for future in self._ready():
                submission = self._sent.pop(future)
                error = future.exception() if future.status != "finished" else None
                if error is None:
                    yield submission, SubmissionResult.from_json(future.result()), ""
                else:
                    yield submission, None, f"{type(error).__name__}: {str(error)[:500]}"
                future.release()

    def _ready(self):
        """Return the futures that are done; none where that takes long, which is said."""
        from distributed import wait

        try:
            return list(wait(list(self._sent), HEARTBEAT, "FIRST_COMPLETED").done)
        except TimeoutError:
            if self.waits:
                self.waits()
            return []

    def running(self):
        """Return {submission's folder: seconds for which it has been seen at work}."""
        with contextlib.suppress(OSError, TimeoutError):
            at_work = {key for keys in self.client.processing().values() for key in keys}
            now = time.monotonic()
            self._since = {key: self._since.get(key, now) for key in at_work}
        names = {future.key: item.folder for future, item in self._sent.items()}
        now = time.monotonic()
        return {names[key]: now - since for key, since in self._since.items() if key in names}

    def close(self):
        self.client.close()
