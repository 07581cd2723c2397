"""Distributes submissions over the workers of a Dask cluster (`pip install distributed`).

Each worker process starts a forkserver and boxes of its own; a submission travels as bytes. One
that was on a worker that died goes to another worker.
"""

import threading
from dataclasses import dataclass

from ..errors import CourseError
from .batch import DEFAULT, Grader, open_forkserver
from .results import SubmissionResult
from .sandbox.box import why_not

_state, _lock = {}, threading.Lock()  # of a worker process


@dataclass
class Parcel:
    """A submission with what it holds, for another machine; interface as submissions.Submission.

    held: tuple of (name, bytes or NotGradable).
    """

    name: str
    folder: str
    problem: str
    held: tuple
    is_canary: bool

    def notebooks(self):
        return iter(self.held)


def pack(submission):
    """Return a submission as a Parcel."""
    about = (submission.name, submission.folder, submission.problem)
    return Parcel(*about, tuple(submission.notebooks()), submission.is_canary)


def _grade(parcel, week, seed, trusted, limits):
    """In a worker: grade one submission; the first one starts the forkserver."""
    with _lock:  # nbval and pytest are one at a time in a process
        if _state.get("for") != (week, seed, trusted, limits):
            if _state.get("forkserver"):
                _state["forkserver"].close()
            forkserver = None if trusted else open_forkserver(week)
            if forkserver:
                forkserver.wait()
            grader = Grader(week, seed, forkserver=forkserver, limits=limits)
            _state.update(
                {
                    "for": (week, seed, trusted, limits),
                    "forkserver": forkserver,
                    "grader": grader,
                }
            )
        return _state["grader"].grade(parcel).to_json()


class Cluster:
    """The same interface as workers.Pool, on a Dask cluster. address: str, the scheduler's."""

    def __init__(self, address, week, seed, trusted, limits=DEFAULT, timeout=20):
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
        self.settings = (week, seed, trusted, limits)

    def grade(self, submissions):
        """Yield (submission, SubmissionResult, "") as they are done, or (submission, None, problem)
        where the grader failed on one."""
        from distributed import as_completed

        waiting = {
            self.client.submit(_grade, pack(item), *self.settings, pure=False): item
            for item in list(submissions)
        }
        for future in as_completed(list(waiting)):
            submission = waiting.pop(future)
            error = future.exception() if future.status != "finished" else None
            if error is None:
                yield submission, SubmissionResult.from_json(future.result()), ""
            else:
                yield submission, None, f"{type(error).__name__}: {str(error)[:300]}"
            future.release()

    def running(self):
        """Its scheduler knows, not this process."""
        return {}

    def close(self):
        self.client.close()
