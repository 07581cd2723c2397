"""Spreads submissions over the workers of a Dask cluster (`pip install distributed`).

Each worker process starts a warm parent and boxes of its own; a submission travels as bytes. One
that was on a worker that died goes to another worker.
"""

import threading
from dataclasses import dataclass

from ..errors import CourseError
from .batch import Grader, open_warm_parent
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


def _grade(parcel, week, seed, trusted):
    """In a worker: grade one submission; the first one starts the warm parent."""
    with _lock:  # nbval and pytest are one at a time in a process
        if _state.get("for") != (week, seed, trusted):
            if _state.get("warm"):
                _state["warm"].close()
            warm = None if trusted else open_warm_parent(week)
            if warm:
                warm.wait()
            folder = str(warm.private) if warm else None
            grader = Grader(week, seed, None, warm and warm.address, folder)
            _state.update({"for": (week, seed, trusted), "warm": warm, "grader": grader})
        return _state["grader"](parcel)


class Cluster:
    """The same interface as pool.Pool, on a Dask cluster.

    address: str, the scheduler's; grader: for the maximal points of what failed.
    """

    def __init__(self, address, week, seed, trusted, timeout=20):
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
        self.settings = (week, seed, trusted)
        self.grader = Grader(week, seed, None, None)

    def run(self, jobs):
        """Yield (job, {"result": …} or {"failed": reason}) as they are done."""
        from distributed import as_completed

        jobs = list(jobs)
        waiting = {
            self.client.submit(_grade, pack(job), *self.settings, pure=False): job for job in jobs
        }
        for future in as_completed(list(waiting)):
            job = waiting.pop(future)
            error = future.exception() if future.status != "finished" else None
            if error is None:
                yield job, {"result": future.result()}
            else:
                yield job, {"failed": f"{type(error).__name__}: {str(error)[:300]}"}
            future.release()

    def close(self):
        self.client.close()
