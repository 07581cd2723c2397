"""`--canvas`: fills the gradebook that the instructor exported, for Canvas to import.

The importer's rules, from its public source (`lib/gradebook_importer.rb`):

- The first line has Student (or LastName and FirstName) and ID first, and Section as the last
  column on the students; one column per assignment follows, then totals that are only read.
- A column is the assignment's whose number stands in brackets at the end of its name, else the one
  of that title, else a new assignment is made. What the row `Points Possible` says of a column
  becomes the assignment's. So the name and the points stay as they are, and columns of other
  assignments are left out, whose grades would be written back as they were when exported.
- Students are found by ID, the number in the names of the submissions. `EX` excuses one, and `N/A`
  is shown for those who aren't to do the assignment.
- Tables with semicolons may have decimal commas.
"""

import re

from ... import config
from ...errors import CourseError
from ..intake.learner_names import clean_name, listed
from ..intake.participants import listed_in
from ..intake.sheet import number_of
from ..marks.overrides import shown
from .lms_table import MAX_NAMED, LmsTable, maximum_differs

TOTAL = re.compile(r"(current|final|override|unposted) .*(score|points|grade)$|.* (current|final) ")
TITLE = re.compile(r"(.*?)\s*\((\d+)\)")
WEEK = r"\b(week|woche|semaine|semana|settimana|vecka|uge|uke)[\s_-]*0*{}(?!\d)"
POINTS = "points possible"
KEPT = {"EX": "excused in Canvas", "N/A": "not assigned in Canvas"}


class Export(LmsTable):
    """Canvas's export of a gradebook. column: int, the assignment's."""

    lms, option, target = "Canvas", "--canvas", "grades-canvas.csv"
    what = "Canvas's export of its gradebook"

    def __init__(self, path, week, column=None):
        """path: pathlib.Path; week: int; column: str or None, what `--column` names.

        Raises CourseError.
        """
        super().__init__(path)
        head = [name.casefold() for name in self.sheet.head]
        is_named = head[0] == "student" or head[:2] == ["lastname", "firstname"]
        if not is_named or "id" not in head[1:3] or "section" not in head:
            raise CourseError(
                f"{path} isn't Canvas's export of its gradebook: the first line of that has "
                f"Student, ID and Section, and here it reads: {_shown(self.sheet.head)}."
            )
        self.section = head.index("section")
        self.points_row = self._points_row()
        self.column = self._find(week, column)
        rows = [
            (row, {name: self.sheet.value(row, place) for place, name in enumerate(head)})
            for row in self.sheet.rows
        ]
        self.rows = {person: row for row, person in listed_in(rows, path)}
        self.comma = self._has_commas()

    def _points_row(self):
        rows = [row for row in self.sheet.rows if self.sheet.value(row, 0).casefold() == POINTS]
        return rows[0] if rows else None

    def _find(self, week, named):
        """Return the number of the assignment's column."""
        places = [k for k in range(self.section + 1, len(self.sheet.head)) if self._is_work(k)]
        titles = {k: self.sheet.head[k] for k in places}
        said = f"its assignments are: {_shown(titles.values())}."
        if named is not None:
            found = [k for k, title in titles.items() if named in _names(title)]
            if len(found) != 1:
                problem = "several assignments" if found else "no assignment"
                raise CourseError(f"{self.path} has {problem} `{clean_name(named)}`; {said}")
            return found[0]
        is_week = re.compile(WEEK.format(week), re.IGNORECASE)
        found = [
            k
            for k, title in titles.items()
            if is_week.search(title) or config.WEEKS[week] in title.casefold()
        ]
        if len(found) != 1:
            problem = "Several columns" if found else "No column"
            verb = "are" if found else "is"
            raise CourseError(
                f"{problem} of {self.path} {verb} called week {week}: name the assignment's with "
                f'--column "TITLE (NUMBER)"; {said}'
            )
        return found[0]

    def _is_work(self, place):
        title = self.sheet.head[place]
        is_read = self.points_row and self.sheet.value(self.points_row, place) == "(read only)"
        return bool(title) and not is_read and (TITLE.fullmatch(title) or not _is_total(title))

    def _has_commas(self):
        """Whether numbers of the export have a decimal comma."""
        columns = range(self.section + 1, len(self.sheet.head))
        cells = (self.sheet.value(row, place) for row in self.sheet.rows for place in columns)
        return self.sheet.delimiter == ";" and any(re.fullmatch(r"\d+,\d+", cell) for cell in cells)

    def stays(self, row):
        return KEPT.get(self.sheet.value(row, self.column).upper(), "")

    def enter(self, row, mark):
        score = shown(mark.score)
        self.sheet.put(row, self.column, score.replace(".", ",") if self.comma else score)

    def write(self, path):
        self.sheet.write(path, [*range(self.section + 1), self.column])

    def columns_in_words(self):
        return f"its column `{clean_name(self.sheet.head[self.column])}`"

    def advice(self, filled):
        if self.points_row is None or not filled:
            return []
        theirs = number_of(self.sheet.value(self.points_row, self.column))
        return maximum_differs(self.lms, theirs, filled[0][1].most, " for this assignment")


def _names(title):
    """Return by which names `--column` may call an assignment: the whole, the title, the number."""
    found = TITLE.fullmatch(title)
    return {title, *(found.groups() if found else ())}


def _is_total(title):
    return bool(TOTAL.match(title.casefold()))


def _shown(names):
    return listed([clean_name(name) for name in names], MAX_NAMED) or "none"
