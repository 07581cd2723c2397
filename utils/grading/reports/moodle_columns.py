"""Tells which column of Moodle's grading worksheet is which, in whatever language it is.

The facts are from the public source of Moodle (`mod/assign/gradingtable.php`, which writes the
worksheet, and `mod/assign/feedback/offline/importgradeslib.php`, which reads it). The first line
has the words of the language of whoever downloads it, and only the same language's words are
recognised as it is imported. The columns, in their order: Identifier, whose cells read
`Participant 1234` with the translated word before the number; the full name, unless marking is
anonymous; Status; Grade; Maximum grade, or Scale; the state of marking, with a marking workflow;
whether the grade can be changed, `Yes` or `No`; when the submission was changed, and its texts;
when the grade was changed, a date or `-`; the feedback comments.
"""

import re
from dataclasses import dataclass

from ...errors import CourseError
from ..intake.learner_names import clean_name
from ..intake.participants import NAMES
from ..intake.sheet import number_of

IDENTIFIER = re.compile(r"(\D*[^\W\d]\D*?)\s*([0-9]+)")
DATE = re.compile(r"-|.*\d{4}.*")
# Known words, in small letters; in other languages the cells and the order tell the same.
IDENTIFIERS = ("identifier", "id", "identifiant", "identificador")
STATUS = ("status", "statut", "estado", "stato", "estat", "stav", "stan", "tila", "durum")
GRADE = ("grade", "bewertung", "note", "calificación", "valutazione", "nota", "beoordeling")
MOST = ("maximum grade", "bestwertung", "note maximale", "calificación máxima", "nota máxima")
SCALE = ("scale", "skala", "barème", "escala", "scala", "schaal")
CHANGED = ("last modified (grade)", "zuletzt geändert (bewertung)", "dernière modification (note)")
CHANGED += ("última modificación (calificación)",)
HANDED_IN = ("last modified (submission)", "zuletzt geändert (abgabe)")
HANDED_IN += ("dernière modification (travail remis)", "última modificación (entrega)")
COMMENTS = ("feedback comments", "feedback als kommentar", "feedback par commentaires")
COMMENTS += ("comentarios de retroalimentación",)
YES = {"yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "ano", "áno", "evet", "kyllä", "да"}
NO = {"no", "nein", "non", "não", "nee", "nej", "nei", "nie", "ne", "ei", "hayır", "нет"}


@dataclass(frozen=True)
class Columns:
    """The numbers of the columns, from 0; None where there is no such column, or it isn't clear.

    most: of the maximum grade; changed: of when the grade was changed; changeable: of whether it
    can be changed.
    """

    identifier: int
    grade: int
    changed: int
    most: int | None = None
    comments: int | None = None
    changeable: int | None = None
    name: int | None = None


def find_columns(sheet, named=None):
    """Return the Columns of a worksheet.

    sheet: Sheet; named: str or None, what `--column` says the column of grades is called. Raises
    CourseError where a column is missing without which Moodle imports nothing, or grades are words.
    """
    cells = [list(filter(None, sheet.column(place))) for place in range(len(sheet.head))]
    count = max(map(len, cells))
    identifier = _known(sheet, IDENTIFIERS) or 0
    if not _are_ids(cells[identifier]):
        raise CourseError(
            f"{sheet.path} isn't Moodle's grading worksheet: that has a column of cells "
            f"such as `Participant 1234`; its first line reads: {_shown(sheet.head)}."
        )
    most = _known(sheet, MOST)
    if most is None:
        alike = [k for k, each in enumerate(cells) if len(each) == count and _are_one(each)]
        most = alike[-1] if alike else None
    grade = _grade(sheet, named, most)
    _check_scale(sheet, grade)
    full = [len(each) == count and all(map(DATE.fullmatch, each)) for each in cells]
    changed = _known(sheet, CHANGED)
    if changed is None:
        others = {most, _known(sheet, HANDED_IN)}
        dates = [k for k in range(grade + 1, len(cells)) if full[k] and k not in others]
        changed = dates[-1] if dates else None
    if changed is None:
        raise CourseError(
            f"{sheet.path} has no column `Last modified (grade)`, without which Moodle imports "
            "nothing: download the worksheet again, and leave all its columns."
        )
    comments = _known(sheet, COMMENTS)
    if comments is None and changed + 1 < len(cells):
        comments = changed + 1
    between = range(grade + 1, changed)
    changeable = next((k for k in between if _say_yes_or_no(cells[k])), None)
    return Columns(
        identifier, grade, changed, most, comments, changeable, _name(sheet, cells, identifier)
    )


def _shown(names):
    return clean_name(", ".join(names)) or "nothing"


def _known(sheet, words):
    return next((k for k, name in enumerate(sheet.head) if name.casefold() in words), None)


def _are_ids(cells):
    found = [IDENTIFIER.fullmatch(cell) for cell in cells]
    if not found or not all(found):
        return False
    return len({each[1] for each in found}) == 1 and len({each[2] for each in found}) == len(found)


def _are_one(cells):
    return len(set(cells)) == 1 and (number_of(cells[0]) or 0) > 0


def _say_yes_or_no(cells):
    return bool(cells) and {cell.casefold() for cell in cells} <= YES | NO


def _grade(sheet, named, most):
    if named is not None:
        places = [k for k, name in enumerate(sheet.head) if name.casefold() == named.casefold()]
        if len(places) != 1:
            problem = f"no column {clean_name(named)}" if not places else f"several {named}"
            raise CourseError(f"{sheet.path} has {problem}; there are: {_shown(sheet.head)}.")
        return places[0]
    known = _known(sheet, GRADE)
    if known is None and most:
        known = most - 1
    if known is None:
        raise CourseError(
            f"Which column of {sheet.path} is for grades? Name it with --column TITLE; there are: "
            f"{_shown(sheet.head)}."
        )
    return known


def _check_scale(sheet, grade):
    """A grade of a scale is one of its words."""
    place = _known(sheet, SCALE)
    if place is None or place <= grade:
        return
    raise CourseError(
        f"{sheet.path} is of an assignment that is graded with a scale, which takes no points: "
        "set its grade to points in Moodle, and download the worksheet again."
    )


def _name(sheet, cells, identifier):
    """Return the column of full names; where marking is anonymous there is none."""
    known = _known(sheet, NAMES)
    after = cells[identifier + 1] if identifier + 1 < len(cells) else []
    is_of_names = len(after) > 2 and 2 * len(set(after)) > len(after) and "@" not in after[0]
    if known is None and is_of_names and identifier + 1 != _known(sheet, STATUS):
        return identifier + 1
    return known
