"""What the command does with a cohort: find it, test itself, have it graded, write the reports."""

import os
import sys
import time

from ..display import quiet
from ..display.console import duration
from ..errors import CourseError
from . import canaries
from .batch import Batch, Grader, open_forkserver
from .grade import empty_result
from .intake import submissions
from .intake.learner_names import printable
from .judge.verdicts import checks_of
from .reports.write import write_all
from .workers import Inline, Pool

TRUSTED = "No sandbox (--trusted): the code of these notebooks runs with all your rights."


class Progress:
    """One line that counts, with the time left. total: int; stream: a text file."""

    def __init__(self, total, stream=None):
        self.total, self.stream = total, stream or sys.stdout
        self.done, self.start = 0, time.monotonic()

    def step(self, name, words):
        """Say that one more is done."""
        self.done += 1
        left = (time.monotonic() - self.start) / self.done * (self.total - self.done)
        line = f"{self.done} of {self.total} · {duration(left)} left · {name}: {words}"
        print(_sayable(line, self.stream), file=self.stream, flush=True)


def _sayable(line, stream):
    """Return a line that does nothing to a terminal, in characters that it has."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return printable(line).encode(encoding, "replace").decode(encoding)


def _failed(submission, batch, problem):
    """Return the result of a submission on which the grader itself failed: not a score."""
    result = empty_result(submission, batch.week, batch.seed)
    result.refuse(f"The grader failed on it: {problem}", failed=True)
    return result


def self_test(pool, week):
    """Grade the canaries; raise CourseError where one got what it should not."""
    for canary, result, problem in pool.grade(canaries.make(week)):
        if problem:
            raise CourseError(f"The self-test failed on '{canary.name}': {problem}")
        canaries.verify(canary, result)


def _grade_all(pool, batch, waiting):
    progress = Progress(len(waiting))
    for submission, result, problem in pool.grade(waiting):
        result = _saved(submission, result or _failed(submission, batch, problem), batch)
        words = f"{result.score} of {result.max_score}" if result.is_graded else result.status
        progress.step(submission.name, words)


def _saved(submission, result, batch):
    """Keep a result and return it; one that can't be written costs itself, not the batch."""
    try:
        batch.save(submission, result)
        return result
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        failed = _failed(submission, batch, f"{type(error).__name__}: {error}")
        batch.save(submission, failed)
        return failed


def _open(options, batch):
    """Return (what grades a batch's submissions, ForkServer or None)."""
    if options.scheduler:
        from .cluster import Cluster

        return Cluster(options.scheduler, batch.week, batch.seed, options.trusted), None
    if options.trusted:
        print(TRUSTED)
        return Inline(Grader(batch.week, batch.seed, batch.evidence).grade), None
    forkserver = open_forkserver(batch.week)
    grader = Grader(batch.week, batch.seed, batch.evidence, forkserver)
    checks_of(batch.week)  # this process imports them while the forkserver imports the same
    forkserver.wait()
    keep_out = [forkserver.process.stdin.fileno(), batch.lock.fileno()]
    return Pool(grader.grade, max(1, options.jobs), keep_out), forkserver


def grade_cohort(options):
    """Grade a cohort as the command line says; return the exit status."""
    quiet.hush()
    os.environ.setdefault("COURSE_PROFILE", "tiny")
    os.environ.pop("COURSE_SOLUTIONS", None)
    found = submissions.find(options.submissions, options.out)
    batch = Batch(options.out, options.week, options.seed, options.resume)
    try:
        _grade_waiting(options, batch, found)
        doubts = write_all(batch.folder, [batch.result(item) for item in found], found)
    finally:
        batch.close()
    for doubt in doubts:
        print(_sayable(doubt, sys.stdout))
    print(f"Reports: {batch.folder / 'index.html'}, {batch.folder / 'grades.csv'}")
    return 0


def _grade_waiting(options, batch, found):
    waiting = [submission for submission in found if not batch.is_done(submission)]
    print(f"{len(found)} submissions, {len(waiting)} to grade; seed {batch.seed}", flush=True)
    if not waiting:
        return
    pool, forkserver = _open(options, batch)
    try:
        self_test(pool, batch.week)
        print("The self-test passed.", flush=True)
        _grade_all(pool, batch, waiting)
    finally:
        pool.close()
        if forkserver:
            forkserver.close()
