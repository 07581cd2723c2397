"""Grades one submission: has it read, its answers taken out and attempted, and sums up.

Whoever distributes submissions, `workers.py` or `cluster.py`, calls this by way of `batch.Grader`.
"""

import time

from .. import notebooks
from .execution.attempts import attempt_all
from .intake import bounds
from .intake.reading import NotGradable, read_sources
from .judge.outcome import lost
from .judge.verdicts import max_score
from .rebuild.answers import Rebuilder, given_imports
from .results import Status, SubmissionResult
from .sandbox import limits

MAX_ANSWER = 100_000  # characters of one exercise's code, with all that it depends on


def given(week):
    """Return the imports of the course's own notebook, for submissions where they are missing."""
    cells = notebooks.read(week).cells
    return given_imports([cell.source for cell in cells if cell.cell_type == "code"])


def _choose(submission, names, imports):
    """Return (name, Sources, answers) of the notebook with most answers: no template's stubs."""
    best, problem, count = None, submission.problem, 0
    for name, data in submission.notebooks():
        count += 1
        try:
            if isinstance(data, NotGradable):
                raise data
            bounds.check_file(data)
            sources = read_sources(data)
            bounds.check_code(sources.cells)
            answers = Rebuilder(sources.cells, names, imports, sources.texts).answers()
        except NotGradable as error:
            problem = problem or str(error)
            continue
        found = (
            sum(bool(a.own and not a.own.is_template) for a in answers.values()),
            sum(bool(answer.statements) for answer in answers.values()),
        )
        if best is None or found > best[0]:
            best = found, name, sources, answers
    if best is None:
        raise NotGradable(problem or "There is no notebook.")
    if not best[0][1] and not any(answer.problem for answer in best[3].values()):
        raise NotGradable("The notebook contains none of this week's exercises.")
    if count > 1:
        best[2].notes.append(f"{count} notebooks were handed in; `{best[1]}` was graded.")
    return best[1:]


def _read(submission, week, names):
    """Return what `_choose` does, in time, without answers that are too long."""
    try:
        with limits.at_most(limits.READ_SECONDS):
            name, sources, answers = _choose(submission, names, given(week))
    except limits.TooSlow:
        raise NotGradable(f"It takes more than {limits.READ_SECONDS} seconds to read.") from None
    for answer in answers.values():
        if sum(len(statement.source) for statement in answer.statements) > MAX_ANSWER:
            answer.statements, answer.calls = [], []
            answer.problem = f"It depends on more than {MAX_ANSWER:,} characters of code."
    return name, sources, answers


def _note_failures(result):
    """An exercise that was killed from outside has no score, so neither has the submission."""
    names = [f"`{each.name}`" for each in result.exercises if each.status == Status.FAILED]
    if names:
        words = f"Its process was killed from outside at {', '.join(names)}, so it has no score."
        result.refuse(words, failed=True)


def empty_result(submission, week, seed):
    """Return the SubmissionResult of a submission of which nothing is graded yet."""
    return SubmissionResult(submission.name, submission.folder, week, seed, max_score(week))


def grade(submission, judge, start_kernel, keep=None, seconds=None):
    """Return the SubmissionResult of one submission.

    judge: verdicts.Judge; start_kernel: function () -> kernel; keep: pathlib.Path or None, where to
    write the rebuilt notebook; seconds: that it may take, or None for the default.
    """
    start = time.monotonic()
    result = empty_result(submission, judge.week, judge.seed)
    try:
        result.notebook, sources, answers = _read(submission, judge.week, list(judge.checks))
        result.notes = sources.notes
        end = start + (seconds or limits.SUBMISSION_SECONDS)
        result.exercises = attempt_all(answers, judge, start_kernel, end, keep)
        result.sources = {name: answer.source for name, answer in answers.items()}
        _note_failures(result)
    except NotGradable as error:
        result.refuse(str(error))
        checks = judge.checks.values()
        result.exercises = [lost(check, Status.NOT_GRADABLE, "") for check in checks]
    result.score = sum(exercise.score for exercise in result.exercises)
    result.seconds = round(time.monotonic() - start, 3)
    return result
