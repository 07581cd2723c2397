"""Workers on this machine: processes that grade, and that may die without the batch dying."""

import contextlib
import gc
import json
import multiprocessing
import os
import time
from collections import deque
from multiprocessing.connection import wait

MAX_TRIES = 2
MAX_SECONDS = 1800  # for one submission; it has limits of its own, which are shorter


def _work(function, pipe, close):
    """In a worker: answer jobs until the pipe closes."""
    from .sandbox.inside.join import die_with_parent

    die_with_parent()
    gc.freeze()  # a fork must not collect what TensorFlow left in the parent: it crashes
    for descriptor in close:
        os.close(descriptor)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send_bytes(json.dumps(_answer_of(function, job)).encode())


def _answer_of(function, job):
    try:
        return {"result": function(job)}
    except Exception as error:  # the grader's own fault, never to be mistaken for a score
        return {"failed": f"{type(error).__name__}: {str(error)[:500]}"}


class _Worker:
    def __init__(self, function, close):
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_work, args=(function, theirs, [*close, self.pipe.fileno()]), daemon=True
        )
        self.process.start()
        theirs.close()
        self.job, self.since = None, 0.0

    def give(self, job):
        self.job, self.since = job, time.monotonic()
        with contextlib.suppress(OSError):  # it died just now: so says the end of the pipe
            self.pipe.send(job)

    def close(self):
        self.process.kill()
        self.process.join()
        self.pipe.close()


class Pool:
    """Runs jobs in several processes. function: job -> plain result; size: int.

    close: descriptors of this process that workers must not keep.
    """

    def __init__(self, function, size, close=()):
        self.function, self.size, self.close_these = function, size, list(close)
        self.workers = []

    def run(self, jobs):
        """Yield (job, {"result": …} or {"failed": reason}) as they are done."""
        waiting, tries = deque(jobs), {}
        while waiting or any(worker.job is not None for worker in self.workers):
            self._hand_out(waiting)
            for worker in self._ready():
                job, answer = worker.job, self._answer(worker)
                worker.job = None
                if answer is None:  # it died, whoever's fault that is
                    tries[id(job)] = tries.get(id(job), 0) + 1
                    if tries[id(job)] < MAX_TRIES:
                        waiting.append(job)
                        continue
                    answer = {"failed": "The process that graded it ended, twice."}
                yield job, answer

    def _hand_out(self, waiting):
        self._bury_idle()
        idle = [worker for worker in self.workers if worker.job is None]
        while waiting and (idle or len(self.workers) < self.size):
            if not idle:
                others = [worker.pipe.fileno() for worker in self.workers]
                self.workers.append(_Worker(self.function, [*self.close_these, *others]))
                idle = [self.workers[-1]]
            idle.pop().give(waiting.popleft())

    def _bury_idle(self):
        """Remove workers that died while they had nothing to do, as when memory ran out."""
        for worker in [*self.workers]:
            if worker.job is None and not worker.process.is_alive():
                self._remove(worker)

    def _remove(self, worker):
        worker.close()
        self.workers.remove(worker)

    def _ready(self):
        """Wait; return the workers that have an answer, or that are dead or over their time."""
        busy = {worker.pipe: worker for worker in self.workers if worker.job is not None}
        ready = [busy[pipe] for pipe in wait(list(busy), timeout=1)]
        late = time.monotonic() - MAX_SECONDS
        for worker in busy.values():
            if worker.since < late and worker not in ready:
                worker.process.kill()
                ready.append(worker)
        return ready

    def _answer(self, worker):
        try:
            return json.loads(worker.pipe.recv_bytes())
        except (EOFError, OSError):
            self._remove(worker)
            return None

    def close(self):
        """End all workers, and with them their boxes."""
        for worker in self.workers:
            worker.close()
        self.workers = []


class Inline:
    """The same in this process, for a machine where nothing is forked."""

    def __init__(self, function):
        self.function = function

    def run(self, jobs):
        for job in jobs:
            yield job, _answer_of(self.function, job)

    def close(self):
        """Nothing to end."""
