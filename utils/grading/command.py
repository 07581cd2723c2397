"""What the command does with a cohort: self-test, grade, report."""

import os
import sys
import time

from ..display import quiet
from ..display.console import duration
from ..errors import CourseError
from . import canaries
from .batch import Batch, Grader, open_warm_parent
from .intake import submissions
from .intake.learner_names import printable
from .judge.evidence import Store
from .judge.verdicts import NOT_GRADABLE, Judge
from .reports.write import write_all
from .workers import Inline, Pool

TRUSTED = "No sandbox (--trusted): the code of these notebooks runs with all your rights."


class Progress:
    """One line that counts, with the time left. total: int; stream: a text file."""

    def __init__(self, total, jobs, stream=None):
        self.total, self.jobs, self.stream = total, jobs, stream or sys.stdout
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


def _failed(submission, grader, reason):
    """Return the result of a submission on which the grader itself failed: not a score."""
    judge = Judge(grader.week, grader.seed, Store())
    return {
        "name": submission.name,
        "folder": submission.folder,
        "week": grader.week,
        "seed": grader.seed,
        "status": NOT_GRADABLE,
        "reason": f"The grader failed on it: {reason}",
        "notes": [],
        "max_score": sum(check.points for check in judge.checks()),
        "score": 0,
        "seconds": 0.0,
        "exercises": [],
        "sources": {},
        "failed": True,
    }


def self_test(pool, week):
    """Grade the canaries; raise CourseError where one got what it should not."""
    for canary, answer in pool.run(canaries.make(week)):
        if "failed" in answer:
            raise CourseError(f"The self-test failed on '{canary.name}': {answer['failed']}")
        canaries.verify(canary, answer["result"])


def _grade_all(pool, batch, waiting, jobs, grader):
    progress = Progress(len(waiting), jobs)
    for submission, answer in pool.run(waiting):
        result = answer.get("result") or _failed(submission, grader, answer["failed"])
        result = _saved(submission, result, batch, grader)
        is_graded = result["status"] == "graded"
        words = f"{result['score']} of {result['max_score']}" if is_graded else result["status"]
        progress.step(submission.name, words)


def _saved(submission, result, batch, grader):
    """Keep a result and return it; one that can't be written costs itself, not the batch."""
    try:
        batch.save(submission, result)
        return result
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        failed = _failed(submission, grader, f"{type(error).__name__}: {error}")
        batch.save(submission, failed)
        return failed


def _open(options, batch):
    """Return (pool, grader, warm parent or None)."""
    if options.scheduler:
        from .cluster import Cluster

        cluster = Cluster(options.scheduler, batch.week, batch.seed, options.trusted)
        return cluster, cluster.grader, None
    if options.trusted:
        print(TRUSTED)
        grader = Grader(batch.week, batch.seed, batch.evidence, None)
        return Inline(grader), grader, None
    warm = open_warm_parent(batch.week)
    grader = Grader(batch.week, batch.seed, batch.evidence, warm.address, str(warm.private))
    __import__(f"utils.checks.week{batch.week}")  # while the warm parent imports the same
    warm.wait()
    keep_out = [warm.process.stdin.fileno(), batch.lock.fileno()]
    return Pool(grader, max(1, options.jobs), keep_out), grader, warm


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
    pool, grader, warm = _open(options, batch)
    try:
        self_test(pool, batch.week)
        print("The self-test held.", flush=True)
        _grade_all(pool, batch, waiting, options.jobs, grader)
    finally:
        pool.close()
        if warm:
            warm.close()
