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
from .sandbox.limits import SUBMISSION_SECONDS, Limits
from .workers import Inline, Pool

SLOW, LEAST = 3, 10  # times what others took; seconds, in which all stop that had their time
TRUSTED = "No sandbox (--trusted): the code of these notebooks runs with all your rights."


class Progress:
    """One line that counts, with the time left. total: int; stream: a text file.

    running: function () -> {folder: seconds for which it has been graded}; most: seconds that one
    submission may take.
    """

    def __init__(self, total, stream=None, running=dict, most=SUBMISSION_SECONDS):
        self.total, self.stream = total, stream or sys.stdout
        self.running, self.most = running, most
        self.done, self.start = 0, time.monotonic()

    def step(self, name, words):
        """Say that one more is done."""
        self.done += 1
        self._say(f"{name}: {words}")

    def wait(self):
        """Say that nothing is done, but something at work."""
        self._say(f"still at work: {', '.join(self.running())}")

    def _say(self, words):
        line = f"{self.done} of {self.total} · {self._left()} left · {words}"
        print(_sayable(line, self.stream), file=self.stream, flush=True)

    def _left(self):
        """Return the time left in words: what others took, unless that says little.

        That is where one at work takes far longer than they did, or nothing is behind it.
        """
        ages, rest = list(self.running().values()), self.total - self.done
        usual = (time.monotonic() - self.start) / self.done if self.done else self.most
        is_slow = max(ages, default=0) > SLOW * usual * len(ages)
        if not ages or (rest > len(ages) and not is_slow):
            return duration(usual * rest)
        return f"up to {duration(max(usual * rest, self.most - min(ages), LEAST))}"


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


def _grade_all(pool, batch, waiting, most=SUBMISSION_SECONDS):
    progress = Progress(len(waiting), None, pool.running, most)
    pool.waits = progress.wait
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
    limits = Limits(options.memory, options.seconds)
    if options.scheduler:
        from .cluster import Cluster

        about = (batch.week, batch.seed, options.trusted, limits)
        return Cluster(options.scheduler, *about), None
    if options.trusted:
        print(TRUSTED)
        grader = Grader(batch.week, batch.seed, batch.evidence, None, limits)
        return Inline(grader.grade), None
    forkserver = open_forkserver(batch.week)
    grader = Grader(batch.week, batch.seed, batch.evidence, forkserver, limits)
    checks_of(batch.week)  # this process imports them while the forkserver imports the same
    forkserver.wait()
    keep_out = [forkserver.process.stdin.fileno(), batch.lock.fileno()]
    return Pool(grader.grade, max(1, options.jobs), keep_out, options.seconds), forkserver


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
        _grade_all(pool, batch, waiting, options.seconds)
    finally:
        pool.close()
        if forkserver:
            forkserver.close()
