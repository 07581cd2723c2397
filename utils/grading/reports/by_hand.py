"""The overview's sections on what a person decides: what waits, and what was decided."""

import csv
import io
from pathlib import Path

from ..intake.learner_names import clean
from ..intake.people import People
from ..marks.overrides import OVERRIDES, points_in_words, shown
from .class_members import code_of, who
from .gradebooks import cell
from .page import code, folded, framed, joined, paragraph, plain, smaller_heading, table, to_copy

HEAD = "learner,exercise,points,comment"
CHARACTERS = 1_000_000  # of code that waits, on the whole page


def waiting(marks, submissions, rules):
    """Return each held answer that nobody has decided, with its code and the line that decides it:
    a list of Html, empty where there is none.

    marks: list of final.Mark; submissions: list of Submission, as `marks`; rules: Rules.
    """
    held = [(mark, item) for mark in marks for item in mark.items if item.exercise in mark.held]
    if not held:
        return []
    people, most = People(submissions), CHARACTERS // len(held)
    parts = [paragraph(_how(held, rules)), to_copy(HEAD)]
    return parts + [_answer(mark, item, people, most) for mark, item in held]


def _how(held, rules):
    points = sum(item.points * item.weight for _, item in held)
    answers = f"{len(held)} answer{'s' * (len(held) != 1)}, {points_in_words(points)}"
    where = rules.overrides_file
    place = f"{where} beside the submissions" if where == OVERRIDES else where
    return (
        f"{answers}: right as far as can be seen, but with a network that "
        f"can't leave the sandbox. Look at the code. Then put the line under it into {place}, with "
        "the points that you give, and run the same command with `--resume`. The file's first line:"
    )


def _answer(mark, item, people, most):
    """most: int, characters of code."""
    text = code_of(mark, item.exercise, lines=most, characters=most)
    return framed(
        smaller_heading(joined(who(mark, item.exercise), code(item.exercise), between=": ")),
        paragraph(clean(item.result.details or item.reason)),
        folded("The code", text) if text else "",
        to_copy(_line(mark, item, people)),
    )


def _line(mark, item, people):
    buffer = io.StringIO()
    row = [label(mark.submission, people), item.exercise, item.points, ""]
    csv.writer(buffer, lineterminator="").writerow(row)
    return buffer.getvalue()


def label(submission, people):
    """Return what names a learner in the instructor's files and nobody else there.

    Where it could be taken for a formula, it is as the tables have it. people: people.People, of
    all.
    """
    texts = (submission.number, submission.name, submission.upload, submission.folder)
    texts = [cell(text) for text in texts if text]
    sure = [text for text in texts if people.find(text) == [submission]]
    return (sure or texts)[0]


def decisions(marks):
    """Return sections on overrides, late work, who handed in nothing, and files that counted: list
    of (anchor, title, list of Html)."""
    given = [
        (mark, each)
        for mark in marks
        for each in (*(item.override for item in mark.items), mark.whole)
        if each
    ]
    by_hand = [
        [who(mark), code(each.exercise), each.points, clean(each.comment), Path(each.where).name]
        for mark, each in given
    ]
    late = [
        [who(mark), mark.late.handed_in, mark.late.count, _off(mark)]
        for mark in marks
        if mark.late.units
    ]
    absent = [[who(mark), mark.number] for mark in marks if mark.is_absent]
    files = [
        [who(mark), plain(name), when, ", ".join(each["exercises"])]
        for mark in marks
        for name, when, each in zip(mark.taken, mark.times, mark.result.taken)
        if len(mark.submission.places) > 1
    ]
    return [
        _section("hand", "Given by hand", ["exercise", "points", "comment", "line"], by_hand),
        _section("late", "Late work", ["handed in", "late", "taken off"], late),
        _section("absent", "Not handed in", ["number"], absent),
        _section("files", "Of several files, what counted", ["file", "time", "exercises"], files),
    ]


def _off(mark):
    return f"{shown(mark.off)} of {shown(mark.summed)}" if mark.is_graded else ""


def _section(anchor, title, head, rows):
    return anchor, title, [table(["learner", *head], rows, title)] if rows else []
