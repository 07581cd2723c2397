"""`--self`: one's own notebooks, graded on one's own machine, without a sandbox."""

import json
import os
import re
import secrets
import sys

from .. import config
from ..display import quiet
from ..errors import CourseError
from ..files import not_written, write_whole
from ..places import problem_with
from .batch import Grader
from .grade import empty_result
from .intake.learner_names import clean, clean_name
from .intake.submissions import Submission
from .marks.final import Marker
from .marks.overrides import shown
from .marks.rules import Rules
from .reports.tidy import tidy
from .reports.write import gradescope
from .results import Status
from .time_left import sayable
from .workers import Inline

ALL_RIGHT, NOT_YET, FAILED = 0, 1, 2  # exit statuses; an error that is raised is a 2 as well


def week_of(path):
    """Return the week of a notebook by its name or its folder's."""
    for part in (path.name, path.resolve().parent.name):
        found = re.match(r"week_?(\d)", part)
        if found and int(found[1]) in config.available_weeks():
            return int(found[1])
    raise CourseError(f"Which week is {path.name} of? Name it first: week1 --self {path}")


def grade_own(paths, week=None, report=None):
    """Grade notebooks, one after the other, and print their marks; return the exit status.

    paths: list of pathlib.Path; week: int, of all of them, or None where their names say it;
    report: pathlib.Path or None, where to write what came of it as Gradescope's results.json. The
    status is 0 if all is right, 1 if not yet, 2 if the grader failed. Raises CourseError, before
    anything is graded, where a notebook isn't there, is of no week, or nothing can be written.
    """
    for path in paths:
        if not path.is_file():
            raise CourseError(f"There is no notebook {path}.")
    weeks = [week or week_of(path) for path in paths]
    _check_place(report)
    quiet.hush()
    os.environ.pop("COURSE_SOLUTIONS", None)
    os.environ.setdefault("COURSE_PROFILE", "tiny")
    config.profile()  # a wrong one is said now
    results, shapes = [], []
    for path, its_week in zip(paths, weeks):
        submission = Submission(path.stem, path.stem, places=((str(path.resolve()),),))
        if len(paths) > 1:
            _print(str(path))
        results.append(_graded(submission, its_week))
        _say(results[-1])
        mark = Marker([submission], Rules(its_week)).mark(tidy(results[-1]), submission)
        shapes.append(gradescope(mark))
    whole = shapes[0]
    if len(paths) > 1:
        whole = joined(paths, shapes)
        _print(f"All together: {_points(whole)}")
    if report:
        _write(report, whole)
    return _status(results)


def _status(results):
    if any(result.failed for result in results):
        return FAILED
    is_all_right = all(
        result.is_graded and all(exercise.is_right for exercise in result.exercises)
        for result in results
    )
    return ALL_RIGHT if is_all_right else NOT_YET


def joined(paths, shapes):
    """Return the results of several notebooks as those of one. shapes: list of dict, as paths.

    Exercises are named with their weeks: two weeks have a `build_classifier`.
    """
    whole = {
        "score": sum(shape["score"] for shape in shapes),
        "execution_time": round(sum(shape["execution_time"] for shape in shapes), 3),
        "output": "\n".join(
            f"{clean_name(path.name)}: {shape['output']}" for path, shape in zip(paths, shapes)
        ),
        "visibility": "visible",
        "tests": [
            {**test, "name": f"week {shape['extra_data']['week']}: {test['name']}"}
            for shape in shapes
            for test in shape["tests"]
        ],
        "extra_data": {"notebooks": [shape["extra_data"] for shape in shapes]},
    }
    problems = [line for shape in shapes for line in shape.get("format_errors", ())]
    return {**whole, "gradable": False, "format_errors": problems} if problems else whole


def _graded(submission, week):
    """Return the SubmissionResult; what the grader itself fails on is no mark."""
    grader = Grader(week, secrets.randbits(63))
    for _, result, problem in Inline(grader.grade).grade([submission]):
        if problem:
            result = empty_result(submission, week, grader.seed)
            result.refuse(f"The grader failed on it: {problem}", failed=True)
    return result


def _points(shape):
    most = sum(test["max_score"] for test in shape["tests"])
    return f"{shown(shape['score'])} of {shown(most)} points"


def _say(result):
    for exercise in result.exercises:
        is_right = exercise.is_right
        status = "" if is_right or exercise.status == Status.GRADED else f" {exercise.status}"
        points = f"({exercise.score} of {exercise.points})"
        _print(f"{'✓' if is_right else '✗'} {exercise.name}{status} {points}")
        for line in "" if is_right else exercise.details.splitlines():
            _print(f"    {line}")
    for note in [*result.notes, result.reason]:
        for line in note.splitlines():
            _print(line)
    _print(f"{result.score} of {result.max_score} points")


def _print(line):
    print(sayable(clean(line), sys.stdout), flush=True)


def _check_place(path):
    """Raise CourseError where a report can't be written, before minutes go into it."""
    if path is None:
        return
    if path.exists() and not path.is_file():
        raise CourseError(f"--json must name a file, but {path} isn't one: name another.")
    if not path.parent.is_dir():
        raise CourseError(f"{path} can't be written: there is no folder {path.parent}. Make it.")
    problem = problem_with(path.parent)
    if problem:
        raise CourseError(not_written(path, problem))


def _write(path, shape):
    try:
        write_whole(path, json.dumps(shape, indent=1, ensure_ascii=False) + "\n")
    except OSError as error:
        raise CourseError(not_written(path, error)) from None
