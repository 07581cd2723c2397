"""The overview's section on copies: who wrote what others wrote, and the code side by side."""

from ..copies.baseline import baseline
from ..copies.groups import groups
from .class_members import several, who
from .page import framed, items, paragraph
from .side_by_side import copies_of

MOST_SHOWN = 40  # groups whose code is shown
HOW = (
    "What is alike here goes beyond what the exercises make alike, and beyond chance. It proves "
    "nothing: some learn together. Look at the code before you ask."
)


def copies(marks, found):
    """Return (parts, list of Html; the folders of all whose work is like others').

    marks: list of final.Mark; found: list of class_mistakes.Case, all of the class.
    """
    people = {mark.folder: mark for mark in marks}
    sources = {mark.folder: mark.result.sources for mark in marks if mark.result.sources}
    if not sources:
        return [], set()
    alike = groups(sources, baseline(marks[0].week), _wrong(found))
    links = {folder: who(mark) for folder, mark in people.items()}
    parts = [framed(*copies_of(group, sources, links)) for group in alike[:MOST_SHOWN]]
    if alike[MOST_SHOWN:]:
        rest = [several([people[name] for name in each.learners]) for each in alike[MOST_SHOWN:]]
        parts += [paragraph("And these groups:"), items(rest)]
    return [paragraph(HOW), *parts] if parts else [], {
        folder for group in alike for folder in group.learners
    }


def _wrong(found):
    """Return what is wrong in each wrong answer: dict, folder → {exercise: str}."""
    wrong = {}
    for place, case in enumerate(found):
        for mark in case.marks:
            wrong.setdefault(mark.folder, {})[case.exercise] = case.mistake or f"case {place}"
    return wrong
