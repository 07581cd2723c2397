"""What a week's notebook holds: its texts, its exercises, and which exercise uses which."""

import ast
import re
from dataclasses import dataclass
from functools import cache

from .. import config, notebooks
from ..grading.rebuild.statements import take_apart
from .value_flow import Flow, reduced

HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
NOT_OURS = ("exercise-", "check-", "setup")  # ids of cells that use no exercise themselves
EXERCISE = "Exercise: "


@dataclass(frozen=True)
class Exercise:
    """An exercise of a week.

    title: str, its heading; section: str, the one that it stands in; cell: str, the id of the text
    that asks for it; calls: tuple of str, the exercises that its reference calls; beside: tuple of
    str, earlier ones that cells use together with it, by a value that goes from one into the other;
    later: tuple of str, the sections below its own whose cells use it.
    """

    week: int
    name: str
    title: str
    section: str
    cell: str
    calls: tuple = ()
    beside: tuple = ()
    later: tuple = ()


def anchor(week, cell):
    """Return the fragment by which the site's pages reach a text cell. cell: str, its id."""
    return f"week{week}-{cell}"


def headings(notebook):
    """Yield (cell, section, heading) for all cells: the last heading of level 2, and of any."""
    section = heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for marks, title in HEADING.findall(cell.source):
                heading = title.strip()
                section = heading if len(marks) == 2 else section
        yield cell, section, heading


def exercise_of(source):
    """Return the name of the function or class that a cell marks as an exercise, or None."""
    for node in ast.parse(source).body:
        marks = getattr(node, "decorator_list", ())
        if any(getattr(mark, "id", None) == "exercise" for mark in marks):
            return node.name
    return None


def called_by_references(week, names):
    """Return {exercise: the exercises that its reference calls, itself or by a helper}, sets.

    week: int; names: list of str. Where the references aren't there, nothing calls anything.
    """
    path, uses = config.solutions_path(week), {}
    if not path.is_file():
        return {name: set() for name in names}
    for statement in take_apart([path.read_text(encoding="utf-8")])[0]:
        for name in statement.binds:
            uses.setdefault(name, set()).update(statement.uses)

    def called(name, seen):
        found = set()
        for other in uses.get(name, set()) - seen:
            found |= {other} if other in names else called(other, {*seen, other})
        return found

    return {name: called(name, {name}) for name in names}


def _lines(names, calls, given):
    """Return {exercise: the earlier ones that it is used with}, without what longer ways say.

    calls: {name: set}; given: {name: set}, which may name later ones: then these are used with it.
    """
    place = {name: number for number, name in enumerate(names)}
    earlier = {name: set(calls[name]) for name in names}
    for name, others in given.items():
        for other in others:
            first, last = sorted((name, other), key=place.get)
            earlier[last].add(first)
    earlier = {name: {one for one in found if place[one] < place[name]}
               for name, found in earlier.items()}  # fmt: skip
    return {name: found - calls[name] for name, found in reduced(earlier).items()}


def _named(tree, stands_for):
    """Return the exercises that a cell names, itself or by a function of the notebook's.

    stands_for: {name of an exercise or such a function: set of exercises}; grows by the cell's own.
    """

    def within(node):
        names = {getattr(each, "id", None) for each in ast.walk(node)}
        return set().union(*(stands_for.get(name, ()) for name in names))

    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            stands_for[node.name] = within(node)
    return within(tree)


def read(week, notebook=None):
    """Return a week's exercises in the notebook's order, list of Exercise.

    week: int; notebook: NotebookNode, or None for the one in git. Runs nothing.
    """
    return list(_read(week) if notebook is None else _exercises(week, notebook))


@cache
def _read(week):
    return _exercises(week, notebooks.read(week))


def _exercises(week, notebook):
    found, text, used = {}, None, {}
    cells = list(headings(notebook))
    for cell, section, heading in cells:
        if cell.cell_type == "markdown":
            text = cell
        elif cell.id.startswith("exercise-"):
            name = exercise_of(cell.source)
            title = heading.removeprefix(EXERCISE)
            found[name] = Exercise(week, name, title, section, text.id)
    flow, stands_for = Flow(found), {name: {name} for name in found}
    for cell, section, _ in cells:
        if cell.cell_type == "code" and not cell.id.startswith(NOT_OURS):
            flow.read(cell.source)
            for name in _named(ast.parse(cell.source), stands_for):
                used.setdefault(name, {})[section] = None
    names = list(found)
    calls = called_by_references(week, names)
    beside = _lines(names, calls, flow.given)
    return [
        Exercise(
            week, name, one.title, one.section, one.cell,
            tuple(sorted(calls[name], key=names.index)),
            tuple(sorted(beside[name], key=names.index)),
            tuple(section for section in used.get(name, ()) if section != one.section),
        )
        for name, one in found.items()
    ]  # fmt: skip
