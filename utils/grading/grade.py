"""Grades one submission: read, rebuild, run, judge, and sum up."""

import time

from .. import notebooks
from .execution.attempts import run_all
from .intake.reading import NotGradable, read_sources
from .judge.outcome import lost
from .judge.verdicts import FAILED, GRADED, MISSING, NOT_GRADABLE
from .rebuild.answers import Rebuilder, given_imports
from .sandbox import limits

MAX_ANSWER = 100_000  # characters of one exercise's code, with all that it needs


def given(week):
    """Return the imports of the course's own notebook, for submissions that lack them."""
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
            sources = read_sources(data)
            answers = Rebuilder(sources.cells, names, imports).answers()
        except NotGradable as error:
            problem = problem or str(error)
            continue
        found = (
            sum(bool(a.own and not a.own.is_template) for a in answers.values()),
            sum(bool(answer.pieces) for answer in answers.values()),
        )
        if best is None or found > best[0]:
            best = found, name, sources, answers
    if best is None:
        raise NotGradable(problem or "There is no notebook.")
    if not best[0][1] and not any(answer.problem != MISSING for answer in best[3].values()):
        raise NotGradable("The notebook holds none of this week's exercises.")
    if count > 1:
        best[2].notes.append(f"{count} notebooks were handed in; `{best[1]}` was graded.")
    return best[1:]


def _read(submission, judge):
    """Return what `_choose` does, in time, without answers that are too long."""
    try:
        with limits.at_most(limits.READ_SECONDS):
            name, sources, answers = _choose(submission, judge.names, given(judge.week))
    except limits.TooSlow:
        raise NotGradable(f"It takes more than {limits.READ_SECONDS} seconds to read.") from None
    for answer in answers.values():
        if sum(len(piece.source) for piece in answer.pieces) > MAX_ANSWER:
            answer.pieces, answer.calls = [], []
            answer.problem = f"It needs more than {MAX_ANSWER:,} characters of code."
    return name, sources, answers


def _note_failures(result, exercises):
    """An exercise that was killed from outside has no score, so neither has the submission."""
    names = [f"`{exercise['name']}`" for exercise in exercises if exercise["status"] == FAILED]
    if names:
        reason = f"Its process was killed from outside at {', '.join(names)}; this is no score."
        result.update(status=NOT_GRADABLE, reason=reason, failed=True)


def grade(submission, judge, start_kernel, keep=None):
    """Return the result of one submission, a dict of plain values.

    judge: judging.Judge; start_kernel: function () -> kernel; keep: pathlib.Path or None, where to
    write the rebuilt notebook.
    """
    start = time.monotonic()
    result = {
        "name": submission.name,
        "folder": submission.folder,
        "week": judge.week,
        "seed": judge.seed,
        "status": GRADED,
        "reason": "",
        "notes": [],
        "max_score": sum(check.points for check in judge.checks()),
    }
    try:
        name, sources, answers = _read(submission, judge)
        result.update(notebook=name, notes=sources.notes)
        end = start + limits.SUBMISSION_SECONDS
        exercises = run_all(answers, judge, start_kernel, end, keep)
        _note_failures(result, exercises)
        sources_of = {name: answer.source for name, answer in answers.items()}
    except NotGradable as error:
        result.update(status=NOT_GRADABLE, reason=str(error))
        exercises, sources_of = [lost(check, NOT_GRADABLE, "") for check in judge.checks()], {}
    result["exercises"] = exercises
    result["sources"] = sources_of
    result["score"] = sum(exercise["score"] for exercise in exercises)
    result["seconds"] = round(time.monotonic() - start, 3)
    return result
