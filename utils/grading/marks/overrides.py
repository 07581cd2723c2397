"""What the instructor decides about single learners: `overrides.csv` and `extensions.csv`.

A line that can't be meant so is named, with its file and number, and the rest goes on.
"""

import difflib
import math
import re
from dataclasses import dataclass
from datetime import timedelta

from ..intake.tables import BESIDE, read_table
from .late import Due, read_extension

WHOLE = "*"
PLACE = re.compile(r"(.*), line (\d+)\b")
POINTS = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?|[.,]\d{1,9}")
OVERRIDES, EXTENSIONS = "overrides.csv", "extensions.csv"


@dataclass(frozen=True)
class Override:
    """Points that the instructor gives. exercise: str, or WHOLE; points: float; comment: str.

    where: str, file and line; learner: str, as it is written there.
    """

    where: str
    learner: str
    exercise: str
    points: float
    comment: str


@dataclass(frozen=True)
class Extension:
    """Another due time for a learner. due: a Due, or a timedelta after everybody's."""

    where: str
    learner: str
    due: Due | timedelta


def shown(number):
    """Return points as reports write them: 12, 12.5 or 12.35. number: float."""
    return f"{round(number + 1e-9, 2):.12g}"


def points_in_words(number):
    """Return "1 point" or "2.5 points". number: float."""
    return f"{shown(number)} point{'s' * (shown(number) != '1')}"


def read_overrides(path, names, others=()):
    """Return (list of Override, list of str, what is wrong in which line) of a file.

    path: pathlib.Path; names: the week's exercises; others: those of other weeks, whose lines are
    only counted. Raises CourseError where the file as a whole can't be read.
    """
    found, bad, elsewhere = [], [], 0
    for number, row in read_table(path, ["learner", "exercise", "points"], "the overrides"):
        where = f"{path.name}, line {number}"
        exercise = _exercise(row["exercise"], names)
        elsewhere += exercise not in names and exercise in others
        if exercise in others and exercise not in names:
            continue
        problem = _problem(row, exercise, names)
        if problem:
            bad.append(f"{where}: {problem}")
        else:
            points = float(row["points"].replace(",", "."))
            comment = row.get("comment", "")
            found.append(Override(where, row["learner"], exercise, points, comment))
    if elsewhere:
        bad.append(f"{path.name}: {elsewhere} of its lines are for exercises of other weeks.")
    return found, bad


def _exercise(text, names):
    plain = text.strip("` ")
    same = {name.casefold(): name for name in names}
    return same.get(plain.casefold(), plain)


def _problem(row, exercise, names):
    """Return what is wrong with a line of overrides.csv, or ''."""
    if not row["learner"]:
        return "there is no learner; write the number or the name that the report shows."
    if exercise != WHOLE and exercise not in names:
        near = difflib.get_close_matches(exercise, names, n=1)
        hint = f"; did you mean {near[0]}?" if near else ", and * is for the whole."
        return f"there is no exercise '{exercise}'{hint}"
    if BESIDE in row or re.fullmatch(r"\d{1,2}", row.get("comment", "")):  # 0,5 without quotes
        return "it has more cells than there are columns; write 0.5, or a comma in quotation marks."
    points = row["points"]
    if not POINTS.fullmatch(points):
        return f"'{points}' is no number of points; write one from 0 to what it is worth, as 1.5."
    return ""


def read_extensions(path):
    """Return (list of Extension, list of str, what is wrong in which line) of a file."""
    found, bad = [], []
    for number, row in read_table(path, ["learner", "due"], "the extensions"):
        where = f"{path.name}, line {number}"
        if not row["learner"]:
            bad.append(f"{where}: there is no learner; write a number or a name.")
            continue
        try:
            found.append(Extension(where, row["learner"], read_extension(row["due"])))
        except ValueError as error:
            bad.append(f"{where}: {error}.")
    return found, bad


def assigned(lines, people, key):
    """Return ({(folder, key of the line): line}, list of str on lines that are left out).

    lines: list of Override or Extension; people: people.People; key: function of a line. Of two
    lines for the same, the last one counts.
    """
    found, bad = {}, []
    for line in lines:
        learners = people.find(line.learner)
        if len(learners) != 1:
            bad.append(f"{line.where}: {_not_one(line.learner, learners)}")
            continue
        place = learners[0].folder, key(line)
        if place in found:
            bad.append(f"{line.where} counts, and {found[place].where}, on the same, doesn't.")
        found[place] = line
    return found, bad


def _not_one(text, learners):
    if not learners:
        return f"no learner is called '{text}'; write the number or the name that the report shows."
    labels = ", ".join(item.code or item.number or item.folder for item in learners[:5])
    return f"'{text}' can be {len(learners)} learners; write one of: {labels}."


def by_line(sentence):
    """Return what sorts sentences on lines of files, which begin with the file and the number."""
    found = PLACE.match(sentence)
    return (found[1], int(found[2])) if found else (sentence, 0)


def too_many(override, most):
    """Return what is wrong with an Override that gives more points than there are, or ''."""
    if override.points <= most + 1e-9 and not math.isnan(most):
        return ""
    what = "all exercises together are" if override.exercise == WHOLE else override.exercise + " is"
    return (
        f"{override.where}: {shown(override.points)} points are too many, {what} worth "
        f"{shown(most)}; this line doesn't count."
    )
