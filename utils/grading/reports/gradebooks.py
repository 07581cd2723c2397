"""Tables of grades: one of our own, and those that the gradebooks of Canvas and Moodle import."""

import csv
import re
from collections import Counter

from ..intake.learner_names import clean
from ..marks.overrides import shown

# Where a formula could begin: at the start of a cell, or behind what separates cells in some
# countries' spreadsheets, or lines. Spaces and quotation marks before it don't count.
FORMULA = re.compile(r"""(^|[;\t\n])((?:[^\S\t\n]|['"\u200b\ufeff])*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])""")


def cell(value):
    """Return a value in which a spreadsheet finds no formula."""
    if not isinstance(value, str):
        return value
    value = FORMULA.sub(r"\1'\2", clean(value))
    return f"'{value}" if value[:1] in ("\t", "\n") else value


def write_table(path, rows, mode="w"):
    """Write rows as CSV, as spreadsheets read it. mode: "w", or "a" to add to what is there."""
    encoding = "utf-8-sig" if mode == "w" else "utf-8"
    with open(path, mode, encoding=encoding, newline="") as file:
        csv.writer(file).writerows([cell(value) for value in row] for row in rows)


def own_table(marks):
    """Return the rows of grades.csv. Exercises have the points before weights, or "held".

    marks: list of final.Mark.
    """
    names = [item.exercise for item in marks[0].items]
    about = ("name", "number", "submission", "folder", "score", "max_score", "status")
    rows = [[*about, *names, "late", "handed_in", "taken", "reason", "notes", "seed"]]
    for mark in marks:
        earned = ["held" if item.earned is None else item.earned for item in mark.items]
        off = f"{shown(mark.off)} taken off" if mark.late.count else ""
        rows.append(
            [
                *(mark.name, mark.number, mark.upload, mark.folder),
                *(mark.score, mark.max_score, mark.status, *earned),
                ", ".join(filter(None, [mark.late.count, off])),
                mark.late.handed_in,
                ", ".join(mark.taken),
                mark.reason,
                " ".join([*mark.notes, *comments(mark)]),
                mark.result.seed,
            ]
        )
    return rows


def comments(mark):
    """Return what the instructor says of single exercises, list of str. mark: final.Mark."""
    given = [item for item in mark.items if item.override]
    return [
        f"{item.exercise}: {shown(item.earned)} of {item.points} points by hand. "
        f"{item.comment}".strip()
        for item in given
    ]


def contested(submissions):
    """Return the learners' numbers that several submissions carry: a name can claim any number."""
    counts = Counter(submission.learner[1] for submission in submissions)
    return {number for number, count in counts.items() if number and count > 1}


def _importable(mark, unclear):
    """Return a score that a gradebook may take over; otherwise nothing, which changes nothing."""
    return mark.score if mark.is_final and mark.number not in unclear else ""


def canvas_table(marks, submissions):
    """Return the rows that Canvas's gradebook imports: `ID` is what its file names hold."""
    title = f"Week {marks[0].week}"
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]]
    rows.append(["    Points Possible", "", "", "", "", marks[0].max_score])
    unclear = contested(submissions)
    for mark in marks:
        rows.append([mark.name, mark.number, "", "", "", _importable(mark, unclear)])
    return rows


def moodle_table(marks, submissions):
    """Return the rows of Moodle's offline grading worksheet."""
    rows = [["Identifier", "Full name", "Status", "Grade", "Maximum Grade", "Feedback comments"]]
    unclear = contested(submissions)
    for mark in marks:
        rows.append(
            [
                f"Participant {mark.number}" if mark.number else "",
                mark.name,
                "No submission" if mark.is_absent else "Submitted for grading",
                _importable(mark, unclear),
                mark.max_score,
                "" if mark.number in unclear else _for_learner(mark),
            ]
        )
    return rows


def _for_learner(mark):
    """Return one line on each exercise that lost points, or why there is no grade."""
    if not mark.is_graded:
        return mark.reason
    held = f"held for a person to look at: {', '.join(mark.held)}" if mark.held else ""
    lost = [
        f"{item.exercise}: {item.reason.splitlines()[0][:300]}"
        for item in mark.items
        if not item.override and item.earned == 0 and item.reason
    ]
    late = mark.late_words if mark.late.units else ""
    return "; ".join(filter(None, [held, late, *lost, *comments(mark)]))


def write_tables(folder, marks, submissions):
    """Write grades.csv, grades-canvas.csv and grades-moodle.csv."""
    write_table(folder / "grades.csv", own_table(marks))
    write_table(folder / "grades-canvas.csv", canvas_table(marks, submissions))
    write_table(folder / "grades-moodle.csv", moodle_table(marks, submissions))
