"""`--self`: a learner's own notebook, graded on the learner's own machine, without a sandbox."""

import os
import re
import secrets
import sys

from .. import config
from ..display import quiet
from ..errors import CourseError
from .batch import Grader
from .intake.learner_names import clean
from .intake.submissions import Submission
from .results import Status


def week_of(path):
    """Return the week of a notebook by its name or its folder's."""
    for part in (path.name, path.resolve().parent.name):
        found = re.match(r"week_?(\d)", part)
        if found and int(found[1]) in config.available_weeks():
            return int(found[1])
    raise CourseError(f"Which week is {path.name} of? Name it: --self {path} week1.")


def grade_own(path, week=None):
    """Grade one notebook and print its marks; return the exit status."""
    if not path.is_file():
        raise CourseError(f"There is no notebook {path}.")
    quiet.hush()
    os.environ.pop("COURSE_SOLUTIONS", None)
    os.environ.setdefault("COURSE_PROFILE", "tiny")
    grader = Grader(week or week_of(path), secrets.randbits(63))
    result = grader.grade(Submission(path.stem, path.stem, places=((str(path.resolve()),),)))
    for exercise in result.exercises:
        _say(exercise)
    for note in [*result.notes, result.reason]:
        if note:
            print(clean(note))
    print(f"{result.score} of {result.max_score} points")
    return 0


def _say(exercise):
    is_right = exercise.is_right
    status = "" if is_right or exercise.status == Status.GRADED else f" {exercise.status}"
    print(f"{'✓' if is_right else '✗'} {exercise.name}{status}", end="")
    print(f" ({exercise.score} of {exercise.points})")
    for line in "" if is_right else clean(exercise.details).splitlines():
        print(f"    {line}")
    sys.stdout.flush()
