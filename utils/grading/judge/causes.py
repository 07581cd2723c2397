"""Finds what an answer's error is a consequence of: a definition in another cell that failed."""

import re

NOT_DEFINED = re.compile(r"NameError: name '(\w+)' is not defined")
NO_MODULE = "ModuleNotFoundError: "
OUTSIDE = "Grading has the notebook and the course's packages alone: put what you need into a cell."
OF_THE_COURSE = "NotInGrading: "  # see probes.course_stand_ins
MAX_SOURCE = 80  # characters of a cell that are quoted


def cause_of(text, answer, failed):
    """Return (sentence, is_all): what caused an answer's error, or '', and whether that says all
    there is to say.

    text: str, the error in words; answer: answers.Answer; failed: dict, source of a definition →
    how it failed, in words.
    """
    missing = NOT_DEFINED.search(text)
    if missing is None:
        statement = next((each for each in answer.statements if each.source in failed), None)
        if statement is None or failed[statement.source] in text:
            return "", False
        return f"A cell that it uses failed: {_failure(statement, failed)}", False
    name = missing[1]
    statement, last = _root(name, answer, failed)
    words = "" if statement is None else failed[statement.source]
    if words.startswith(OF_THE_COURSE):
        return f"It uses `{name}`, but {words.removeprefix(OF_THE_COURSE)}", True
    if words:
        failure = _failure(statement, failed)
        return f"`{name}` isn't defined, because this cell failed: {failure}", False
    return f"`{last}` isn't defined: {answer.lost[last]}" if last in answer.lost else "", False


def _root(name, answer, failed):
    """Return (Statement, name): the first cause in a chain of names that others were made of, or
    None, and the name that is missing there."""
    statement, seen = None, set()
    while name not in seen:
        seen.add(name)
        found = _binder(name, answer.statements, failed)
        if found is None:
            break
        statement = found
        further = NOT_DEFINED.search(failed[found.source])
        name = further[1] if further else name
    return (None if name in answer.lost else statement), name


def _binder(name, statements, failed):
    """Return the last statement that should have bound a name and failed, or None."""
    failures = [each for each in reversed(statements) if each.source in failed]
    binding = [each for each in failures if name in each.binds]
    of_all_names = [each for each in failures if each.for_all]  # `from helpers import *`
    return next(iter(binding + of_all_names), None)


def _failure(statement, failed):
    """Return how a statement failed, where it stands, and what to do about it."""
    words = _first_line(failed[statement.source].removeprefix(OF_THE_COURSE))
    line = _first_line(statement.source)
    quoted = line if len(line) <= MAX_SOURCE else f"{line[:MAX_SOURCE]}…"
    advice = f" {OUTSIDE}" if words.startswith(NO_MODULE) else ""
    return f"{words} (code cell {statement.cell + 1}, `{quoted}`).{advice}"


def _first_line(text):
    return next(iter(text.strip().splitlines()), "")  # an error of the learner's own may be empty
