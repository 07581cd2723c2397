"""Tables as spreadsheets read them, and grades.csv, which has all marks."""

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
