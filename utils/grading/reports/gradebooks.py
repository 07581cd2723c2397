"""Tables of grades: one of our own, and those that the gradebooks of Canvas and Moodle import."""

import csv
import re
from collections import Counter

from ..intake.learner_names import clean

# Where a formula could begin: at the start of a cell, or behind what separates cells in some
# countries' spreadsheets, or lines. Spaces and quotation marks before it don't count.
FORMULA = re.compile(r"""(^|[;\t\n])((?:[^\S\t\n]|['"\u200b\ufeff])*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])""")


def _cell(value):
    """Return a value in which a spreadsheet finds no formula."""
    if not isinstance(value, str):
        return value
    value = FORMULA.sub(r"\1'\2", clean(value))
    return f"'{value}" if value[:1] in ("\t", "\n") else value


def _write(path, rows):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_cell(value) for value in row] for row in rows)


def own_table(results):
    """Return the rows of grades.csv: one column per exercise."""
    names = list(dict.fromkeys(each.name for result in results for each in result.exercises))
    about = ("folder", "score", "max_score", "status")
    rows = [["submission", *about, *names, "reason", "notes", "seed"]]
    for result in results:
        scores = {exercise.name: exercise.score for exercise in result.exercises}
        rows.append(
            [
                *(getattr(result, key) for key in ("name", *about)),
                *(scores.get(name, 0) for name in names),
                result.reason,
                " ".join(result.notes),
                result.seed,
            ]
        )
    return rows


def contested(submissions):
    """Return the learners' numbers that several submissions carry: a name can claim any number."""
    counts = Counter(submission.learner[1] for submission in submissions)
    return {number for number, count in counts.items() if number and count > 1}


def canvas_table(results, submissions):
    """Return the rows that Canvas's gradebook imports: `ID` is what its file names hold."""
    title = f"Week {results[0].week}"
    rows = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]]
    rows.append(["    Points Possible", "", "", "", "", results[0].max_score])
    unclear = contested(submissions)
    for result, submission in zip(results, submissions):
        name, number = submission.learner
        is_sure = result.is_graded and number not in unclear
        score = result.score if is_sure else ""
        rows.append([name, number, "", "", "", score])
    return rows


def moodle_table(results, submissions):
    """Return the rows of Moodle's offline grading worksheet."""
    rows = [["Identifier", "Full name", "Status", "Grade", "Maximum Grade", "Feedback comments"]]
    unclear = contested(submissions)
    for result, submission in zip(results, submissions):
        name, number = submission.learner
        is_sure = result.is_graded and number not in unclear
        rows.append(
            [
                f"Participant {number}" if number else "",
                name,
                "Submitted for grading",
                result.score if is_sure else "",
                result.max_score,
                "" if number in unclear else _comments(result),
            ]
        )
    return rows


def _comments(result):
    """Return one line on each exercise that lost points, or why there is no grade."""
    if not result.is_graded:
        return result.reason
    lost = [each for each in result.exercises if not each.is_right and each.reason]
    return "; ".join(f"{each.name}: {each.reason.splitlines()[0][:300]}" for each in lost)


def write_tables(folder, results, submissions):
    """Write grades.csv, grades-canvas.csv and grades-moodle.csv."""
    _write(folder / "grades.csv", own_table(results))
    _write(folder / "grades-canvas.csv", canvas_table(results, submissions))
    _write(folder / "grades-moodle.csv", moodle_table(results, submissions))
