"""The overview's list of all learners, and what in their code a person should look at."""

import unicodedata

from ..results import Status
from .class_members import shortened, who
from .page import Html, code, joined, link, paragraph, table, text

PLAIN = (Status.GRADED, Status.NOT_ATTEMPTED, Status.MISSING, Status.NOT_GRADABLE)
PLAIN += (Status.NOT_HANDED_IN, Status.HELD)
SHORT = {"lines": 8, "characters": 400}  # of a text in a row
MOST_ODD = 100  # rows


def by_name(mark):
    """Return what sorts learners by name as a list of a class has them, accents aside."""
    plain = unicodedata.normalize("NFKD", mark.person.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)), mark.folder


def all_learners(marks, waiting, copied, alike):
    """Return the table of all learners, list of Html.

    marks: list of final.Mark; waiting, copied: str, anchors of the sections on what is held and on
    copies; alike: set of folders, of whose work is like others'.
    """
    links = {
        mark.folder: [link("waits for you", f"#{waiting}")] * bool(mark.held)
        + [link("like others’", f"#{copied}")] * (mark.folder in alike)
        for mark in marks
    }
    rows = [
        [who(mark), mark.score if mark.is_graded else None, _state(mark, links[mark.folder])]
        for mark in sorted(marks, key=by_name)
    ]
    most = f"{marks[0].most:.12g}"
    return [table(["learner", f"points of {most}", "status"], rows, "All learners")]


def _state(mark, links):
    status = f"{mark.status}: {mark.reason}" if mark.reason else mark.status
    stopped = [
        f"`{item.exercise}`: {item.result.status}"
        for item in mark.items
        if item.result.status not in PLAIN and not item.override and not mark.whole
    ]
    lines = [text(shortened(line, **SHORT)) for line in [status, *stopped, *mark.notes]]
    return joined(*lines, *links, between="\n")


def odd_code(marks):
    """Return what is said of code that looks into the interpreter, list of Html."""
    odd = [
        [who(mark), code(each.name), str(each.status), _odd(each)]
        for mark in marks
        for each in mark.result.exercises
        if each.flags
    ]
    if not odd:
        return []
    more = len(odd) - MOST_ODD
    return [
        paragraph("This costs nothing. Look whether it's meant to reach into the grading."),
        table(["learner", "exercise", "status", "what"], odd[:MOST_ODD], "Odd code"),
        paragraph(f"And {more} more.") if more > 0 else Html(),
    ]


def _odd(exercise):
    return shortened(exercise.details, **SHORT) or f"It uses {', '.join(exercise.flags[:5])}."
