"""Distributes submissions over processes of this machine, which may die without the batch dying.

`cluster.py` does the same over a Dask cluster. Each grades by `batch.Grader`.
"""

import contextlib
import gc
import json
import multiprocessing
import os
import threading
import time
from collections import deque
from multiprocessing.connection import wait

from .results import SubmissionResult
from .sandbox.limits import SUBMISSION_SECONDS

MAX_TRIES = 2
SPARE_SECONDS = 600  # over what a submission may take: it ends by itself, unless a worker hangs
HEARTBEAT = 30  # seconds without an answer, until `waits` is called


def _work(grade, pipe, close):
    """In a worker: grade submissions until the pipe closes."""
    from .sandbox.inside.join import die_with_parent

    die_with_parent()
    gc.freeze()  # a fork must not collect what TensorFlow left in the parent: it crashes
    for descriptor in close:
        os.close(descriptor)
    while True:
        try:
            submission = pipe.recv()
        except EOFError:
            return
        result, problem = _graded(grade, submission)
        pipe.send_bytes(json.dumps([result and result.to_json(), problem]).encode())


def _graded(grade, submission):
    """Return (SubmissionResult, ""), or (None, problem) where the grader failed."""
    try:
        return grade(submission), ""
    except Exception as error:  # the grader's own fault, never to be mistaken for a score
        return None, f"{type(error).__name__}: {str(error)[:500]}"


class _Worker:
    def __init__(self, grade, close):
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_work, args=(grade, theirs, [*close, self.pipe.fileno()]), daemon=True
        )
        self.process.start()
        theirs.close()
        self.submission, self.since = None, 0.0

    def give(self, submission):
        self.submission, self.since = submission, time.monotonic()
        with contextlib.suppress(OSError):  # it died just now: so says the end of the pipe
            self.pipe.send(submission)

    def close(self):
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Grades in several processes. grade: function (submission) -> SubmissionResult; size: int.

    close: descriptors of this process that workers must not keep; seconds: that a submission may
    take. waits: function () that is called now and then where nothing is done for long.
    """

    def __init__(self, grade, size, close=(), seconds=SUBMISSION_SECONDS):
        self.grade_one, self.size, self.close_these = grade, size, list(close)
        self.workers, self.seconds, self.waits = [], seconds, None
        self._last = time.monotonic()

    def grade(self, submissions):
        """Yield (submission, SubmissionResult, "") as they are done, or (submission, None, problem)
        where the grader failed on one."""
        waiting, tries = deque(submissions), {}
        while waiting or any(worker.submission is not None for worker in self.workers):
            self._hand_out(waiting)
            for worker in self._ready():
                submission, answer = worker.submission, self._answer(worker)
                worker.submission = None
                if answer is None:  # it died, whoever's fault that is
                    tries[id(submission)] = tries.get(id(submission), 0) + 1
                    if tries[id(submission)] < MAX_TRIES:
                        waiting.append(submission)
                        continue
                    answer = None, "The process that graded it died twice."
                yield submission, *answer

    def running(self):
        """Return {submission's folder: seconds for which it has been graded} of those at work."""
        now = time.monotonic()
        at_work = [worker for worker in self.workers if worker.submission is not None]
        return {worker.submission.folder: now - worker.since for worker in at_work}

    def _hand_out(self, waiting):
        self._bury_idle()
        idle = [worker for worker in self.workers if worker.submission is None]
        while waiting and (idle or len(self.workers) < self.size):
            if not idle:
                others = [worker.pipe.fileno() for worker in self.workers]
                self.workers.append(_Worker(self.grade_one, [*self.close_these, *others]))
                idle = [self.workers[-1]]
            idle.pop().give(waiting.popleft())

    def _bury_idle(self):
        """Remove workers that died while they had nothing to do, as when memory ran out."""
        for worker in [*self.workers]:
            if worker.submission is None and not worker.process.is_alive():
                self._remove(worker)

    def _remove(self, worker):
        worker.close()
        self.workers.remove(worker)

    def _ready(self):
        """Wait; return the workers that have an answer, or that are dead or over their time."""
        busy = {worker.pipe: worker for worker in self.workers if worker.submission is not None}
        ready = [busy[pipe] for pipe in wait(list(busy), timeout=1)]
        self._say_that_it_waits(bool(ready))
        late = time.monotonic() - self.seconds - SPARE_SECONDS
        for worker in busy.values():
            if worker.since < late and worker not in ready:
                worker.process.kill()
                ready.append(worker)
        return ready

    def _say_that_it_waits(self, is_done):
        if is_done or self.waits is None:
            self._last = time.monotonic()
        elif time.monotonic() - self._last > HEARTBEAT:
            self._last = time.monotonic()
            self.waits()

    def _answer(self, worker):
        """Return what `_graded` gave in a worker, or None where it died."""
        try:
            result, problem = json.loads(worker.pipe.recv_bytes())
        except (EOFError, OSError):
            self._remove(worker)
            return None
        return result and SubmissionResult.from_json(result), problem

    def close(self):
        """End all workers, and with them their boxes."""
        for worker in self.workers:
            worker.close()
        self.workers = []


class Inline:
    """The same in this process, for a machine where nothing is forked."""

    def __init__(self, grade):
        self.grade_one, self.waits = grade, None
        self._at_work, self._since = None, 0.0

    def grade(self, submissions):
        for submission in submissions:
            self._at_work, self._since = submission, time.monotonic()
            with self._saying_that_it_waits():
                answer = _graded(self.grade_one, submission)
            self._at_work = None
            yield submission, *answer

    @contextlib.contextmanager
    def _saying_that_it_waits(self):
        """Call `waits` now and then from a thread, as this one is busy."""
        is_done = threading.Event()

        def say():
            while not is_done.wait(HEARTBEAT):
                self.waits()

        thread = threading.Thread(target=say, daemon=True)
        if self.waits:
            thread.start()
        try:
            yield
        finally:
            is_done.set()
            if self.waits:
                thread.join()

    def running(self):
        """Return {submission's folder: seconds for which it has been graded}."""
        at_work = self._at_work
        return {} if at_work is None else {at_work.folder: time.monotonic() - self._since}

    def close(self):
        """Nothing to end."""
