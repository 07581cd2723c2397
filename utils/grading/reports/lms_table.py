"""What Moodle's and Canvas's tables share: whose row is whose, which rows are filled, what is said.

The instructor's own download is filled: every row, column and byte that needs no change stays. A
row gets a score where it is certain whose it is and what they get, and otherwise keeps what it
has: the sentences say how many rows are which.
"""

from abc import ABC, abstractmethod

from ...errors import CourseError
from ..intake.learner_names import listed, tag_of
from ..intake.roster import Claims
from ..intake.sheet import Sheet
from ..marks.overrides import shown

MAX_NAMED = 20
NOTHING = "nothing handed in"


class LmsTable(ABC):
    """An instructor's download that is filled. lms, option, target, what: str: `Moodle`, its option
    of the command line, the name of the filled file, and what the file is, for messages.

    path: pathlib.Path; sheet: Sheet; rows: dict from Person to the number of their row.
    """

    lms = option = target = what = ""

    def __init__(self, path):
        self.path, self.sheet = path, Sheet(path, self.what)
        self.rows = {}

    @property
    def people(self):
        """All who have a row, list of Person."""
        return list(self.rows)

    @abstractmethod
    def enter(self, row, mark):
        """Put a Mark into a row."""

    @abstractmethod
    def stays(self, row):
        """Return why a row keeps what it has although there is a score for it, or ''."""

    @abstractmethod
    def write(self, path):
        """Write the filled table. path: pathlib.Path."""

    @abstractmethod
    def columns_in_words(self):
        """Return which columns are filled."""

    @abstractmethod
    def advice(self, filled):
        """Return sentences on what the import would do. filled: list of (row, Mark)."""

    def check(self, submissions):
        """Raise CourseError where the table is of other people, or of another assignment.

        submissions: list of Submission, of those who handed in.
        """
        claims = Claims(submissions, self.people)
        if claims.says_nothing and any(tag_of(each.upload, each.is_folder).number
                                       for each in submissions):  # fmt: skip
            raise CourseError(
                f"The numbers in {self.path} aren't those in the names of the submissions: is it "
                f"{self.what} of another assignment?"
            )
        if not any(claims.found):
            raise CourseError(
                f"None of those who handed in has a row in {self.path}: is it {self.what} of "
                "another course?"
            )

    def fill(self, folder, marks):
        """Fill the rows and write the table into a folder; return sentences on it.

        folder: pathlib.Path of the report; marks: list of final.Mark.
        """
        claims = Claims([mark.submission for mark in marks], self.people)
        filled, left, strange, sure = [], {}, [], claims.sure()
        for mark, person in zip(marks, sure):
            row = self.rows.get(person)
            if row is None:
                strange += [mark.person] * mark.is_graded
            elif why := self._why_not(mark, row):
                left.setdefault(why, []).append(mark.person)
            else:
                filled.append((row, mark))
        unclear = len(set(claims.takers) - set(sure))
        said = [self._summary(filled, left, unclear), *_strangers(strange, self.path)]
        said += self.advice(filled)  # before what the cells say now is overwritten
        for row, mark in filled:
            self.enter(row, mark)
        self.write(folder / self.target)
        return said

    def _why_not(self, mark, row):
        """Return why a mark isn't put into its row, or ''."""
        if not mark.is_graded:
            return NOTHING if mark.is_absent else str(mark.status)
        return "held" if mark.held else self.stays(row)

    def _summary(self, filled, left, unclear):
        said = f"{len(filled)} of {len(self.rows)} rows of {self.target} have their scores, in "
        said += self.columns_in_words()
        left.pop(NOTHING, None)
        nothing = len(self.rows) - unclear - sum(map(len, (filled, *left.values())))
        parts = [f"{listed(names, MAX_NAMED)} ({why})" for why, names in left.items()]
        parts += [f"{nothing} with nothing handed in"] * bool(nothing)
        parts += [f"{unclear} that may be several people's"] * bool(unclear)
        return f"{said}; as they were: {', '.join(parts)}." if parts else f"{said}."


def _strangers(names, path):
    if not names:
        return []
    verb = "has" if len(names) == 1 else "have"
    return [
        f"{listed(names, MAX_NAMED)} {verb} no row in {path} for certain, so enter the score by "
        "hand."
    ]


def maximum_differs(lms, theirs, ours, where):
    """Return a list with the sentence that two maxima differ, or an empty one.

    lms, where: str; theirs, ours: float or None.
    """
    if theirs is None or ours is None or abs(theirs - ours) < 0.005:
        return []
    return [
        f"{lms}'s maximum{where} is {shown(theirs)} and this report's is {shown(ours)}; scores "
        f"aren't converted, so set {shown(ours)} in {lms} before you import."
    ]
