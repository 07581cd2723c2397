"""Grades one submission: has it read, its answers taken out and attempted, and sums up.

Whoever distributes submissions, `workers.py` or `cluster.py`, calls this by way of `batch.Grader`.
"""

import time

from .execution.attempts import attempt_all
from .intake.choose import choices, given, merged
from .intake.reading import NotGradable
from .judge.outcome import lost
from .judge.verdicts import max_score
from .results import Status, SubmissionResult
from .sandbox import limits

__all__ = ["empty_result", "given", "grade"]
UNTRIED = (Status.MISSING, Status.NOT_ATTEMPTED)


def _note_failures(result):
    """An exercise that was killed from outside has no score, so neither has the submission."""
    names = [f"`{each.name}`" for each in result.exercises if each.status == Status.FAILED]
    if names:
        words = f"Its process was killed from outside at {', '.join(names)}, so it has no score."
        result.refuse(words, failed=True)


def empty_result(submission, week, seed):
    """Return the SubmissionResult of a submission of which nothing is graded yet."""
    return SubmissionResult(
        submission.name,
        submission.folder,
        week,
        seed,
        max_score(week),
        number=getattr(submission, "number", ""),  # a canary is nobody's
        upload=getattr(submission, "upload", ""),
    )


def grade(submission, judge, start_kernel, keep=None, seconds=None, pick="latest", kept=None):
    """Return the SubmissionResult of one submission.

    judge: verdicts.Judge; start_kernel: function () -> kernel; keep: pathlib.Path or None, where to
    write the rebuilt notebook; seconds: that it may take, or None for the default; pick: "latest"
    or "best", which of several files counts; kept: dict, exercise → ExerciseResult of those that
    aren't graded now, or None.
    """
    start = time.monotonic()
    result = empty_result(submission, judge.week, judge.seed)
    try:
        found = choices(submission, judge.week, list(judge.checks), pick)
        attempts = _attempt_each(found, judge, start_kernel, keep, start, seconds, kept)
        choice, result.exercises = _best(found, attempts, judge.checks)
        result.notebook, result.notes, result.taken = choice.notebook, choice.notes, choice.taken
        result.sources = {name: answer.source for name, answer in choice.answers.items()}
        _note_failures(result)
    except NotGradable as error:
        result.refuse(str(error))
        checks = judge.checks.values()
        result.exercises = [lost(check, Status.NOT_GRADABLE, "") for check in checks]
    result.score = sum(exercise.score for exercise in result.exercises)
    result.seconds = round(time.monotonic() - start, 3)
    return result


def _attempt_each(found, judge, start_kernel, keep, start, seconds, kept):
    """Return one list of ExerciseResult for each Choice; they share the time of the submission."""
    each = (seconds or limits.SUBMISSION_SECONDS) / len(found)
    ends = [start + each * (number + 1) for number in range(len(found))]
    return [
        attempt_all(choice.answers, judge, start_kernel, end, keep, kept)
        for choice, end in zip(found, ends)
    ]


def _best(found, attempts, names):
    """Return (Choice, list of ExerciseResult): of each exercise the best, of equals the latest."""
    if len(found) == 1:
        return found[0], attempts[0]
    by_name = [{each.name: each for each in results} for results in attempts]
    picked = {
        name: max((_worth(results[name]), number) for number, results in enumerate(by_name))[1]
        for name in names
    }
    return merged(found, picked), [by_name[picked[name]][name] for name in names]


def _worth(result):
    """Return what orders two results of one exercise. One that failed could be right, and so could
    one that is held, so neither may be lost to a wrong one."""
    status = result.status
    return (
        result.is_right,
        status == Status.FAILED,
        status == Status.HELD,
        result.share,
        status not in UNTRIED,
    )
