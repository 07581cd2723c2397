"""`--moodle`: fills the grading worksheet that the instructor downloaded, for Moodle to import.

The importer's rules, from its public source (`mod/assign/feedback/offline`):

- It stops unless the first line has Identifier, Grade and Last modified (grade), in the words of
  the language of whoever imports: so the first line stays as it is.
- Without a word it skips a row whose grade is blank, negative or above the maximum, locked or
  overridden in the gradebook, or was changed in Moodle after the time in Last modified (grade).
  That time is read as English: in other languages, each row that had a grade counts as changed
  since, unless `Allow updating records that have been modified more recently` is ticked.
- A grade with a decimal comma is read right where the language has one, as English reads `8,5` as
  8; a point is right in any language.
- Comments are HTML, and replace the old ones even where the grade is skipped. PHP takes a
  backslash before a quotation mark for part of the cell, so there is none of either.
"""

import html
import re
from calendar import day_name, month_name

from ..intake.learner_names import clean, clean_name, listed
from ..intake.participants import listed_in
from ..intake.sheet import number_of
from ..marks.overrides import shown
from .feedback import headline, told_together
from .gradebooks import FORMULA, comments
from .lms_table import MAX_NAMED, LmsTable, maximum_differs
from .moodle_columns import IDENTIFIER, NO, find_columns

SIGN = re.compile(f"{FORMULA.pattern}(.)")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
MAX_REASON = 300  # characters
DATE_WORDS = {"am", "pm", *(name.casefold() for name in (*day_name, *month_name))}


class Worksheet(LmsTable):
    """Moodle's grading worksheet. columns: moodle_columns.Columns."""

    lms, option, target = "Moodle", "--moodle", "grades-moodle.csv"
    what = "Moodle's grading worksheet"

    def __init__(self, path, column=None):
        """path: pathlib.Path; column: str or None, what `--column` names. Raises CourseError."""
        super().__init__(path)
        self.columns = find_columns(self.sheet, column)
        rows = [(row, self._about(row)) for row in self.sheet.rows]
        self.rows = {person: row for row, person in listed_in(rows, path)}

    def _about(self, row):
        """Return a row as a roster has it, with the columns' English names."""
        value, columns = self.sheet.value, self.columns
        head = [name.casefold() for name in self.sheet.head]
        about = {name: value(row, place) for place, name in enumerate(head)}
        found = IDENTIFIER.fullmatch(value(row, columns.identifier))
        about["identifier"] = found[2] if found else ""
        texts = (value(row, place) for place in range(columns.grade))
        about["email address"] = next(filter(ADDRESS.fullmatch, texts), "")
        about["full name"] = "" if columns.name is None else value(row, columns.name)
        return about

    def stays(self, row):
        place = self.columns.changeable
        is_locked = place is not None and self.sheet.value(row, place).casefold() in NO
        return "locked in Moodle, which would skip it without a word" if is_locked else ""

    def enter(self, row, mark):
        self.sheet.put(row, self.columns.grade, shown(mark.score))
        if self.columns.comments is not None:
            self.sheet.put(row, self.columns.comments, comment_on(mark))

    def write(self, path):
        self.sheet.write(path)

    def columns_in_words(self):
        places = (self.columns.grade, self.columns.comments)
        names = [f"`{clean_name(self.sheet.head[k])}`" for k in places if k is not None]
        return f"its column{'s' * (len(names) > 1)} {' and '.join(names)}"

    def advice(self, filled):
        said = self._about_maximum(filled) + self._about_times(filled)
        if self.columns.changeable is None:
            said.append(
                f"Nothing in {self.path} says whether a grade is locked in Moodle, which skips "
                "such rows without a word: look at how many it says it updated."
            )
        if self.columns.comments is None:
            said.append(
                f"{self.path} has no column for comments: where learners should get some, turn on "
                "Feedback comments in the assignment's settings, and download it again."
            )
        return said

    def _about_maximum(self, filled):
        if self.columns.most is None or not filled:
            return []
        most = next(filter(None, map(number_of, self.sheet.column(self.columns.most))), None)
        said = maximum_differs(self.lms, most, filled[0][1].most, " for this assignment")
        above = [mark.person for _, mark in filled if most is not None and mark.score > most]
        if above:
            said.append(
                f"Moodle would skip what is above its maximum without a word: "
                f"{listed(above, MAX_NAMED)}."
            )
        return said

    def _about_times(self, filled):
        cells = [(self.sheet.value(row, self.columns.changed), mark) for row, mark in filled]
        unread = [mark.person for text, mark in cells if not _is_english(text)]
        if not unread:
            return []
        return [
            "Moodle reads times in English only, so it would skip who has a grade there already "
            f"without a word: {listed(unread, MAX_NAMED)}. As you import, tick that records may be "
            "updated that were modified more recently in Moodle."
        ]


def _is_english(time):
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", time)} <= DATE_WORDS


def comment_on(mark):
    """Return the comment that a learner gets, as HTML in one line: the score, what the whole is
    about, and a line on each reason why exercises lost points. mark: final.Mark."""
    lost = [item for item in mark.items if not item.override and not item.is_right and item.reason]
    said = [
        f"{', '.join(item.exercise for item in items)}: "
        f"{items[0].reason.splitlines()[0][:MAX_REASON]}"
        for items in told_together(lost)
    ]
    lines = [f"{headline(mark)}.", *mark.notes, *said, *comments(mark)]
    return "<br>".join(_escaped(line) for text in lines for line in text.splitlines())


def _escaped(line):
    """Return a line as HTML in which no spreadsheet finds a formula."""
    text = html.escape(clean(line)).replace("\\", "&#92;").replace("\t", " ")
    while FORMULA.search(text):  # a reference ends in a semicolon, behind which another may begin
        text = SIGN.sub(lambda found: f"{found[1]}{found[2]}&#{ord(found[3])};", text)
    return text
