"""Reads a list of those who take part, as Moodle, Canvas or an instructor writes it."""

from dataclasses import dataclass

from ...errors import CourseError
from .learner_names import clean_name
from .people import in_order, name_key, number_in
from .tables import read_table

WHAT = "the list of those who take part"
# The columns' names in the lists that systems write; of several, the first that is there counts.
NUMBERS = ("identifier", "id", "number", "user id", "userid", "participant", "participant number")
NUMBERS += ("canvas id", "canvas user id", "student id", "student number", "id number", "no.")
NAMES = ("full name", "fullname", "name", "student", "student name", "learner", "display name")
NAMES += ("sortable name",)
FIRST = ("first name", "firstname", "given name", "forename", "first")
LAST = ("last name", "lastname", "surname", "family name", "last")
ALIASES = ("email", "email address", "e-mail", "mail", "sis login id", "username", "login id")
LAST_FIRST = ("student", "sortable name")  # columns in which Canvas writes `Lee, Ann`
NO_LEARNERS = ("points possible", "test student")  # rows of Canvas's gradebook


@dataclass(frozen=True, eq=False)
class Person:
    """One line of a roster. name, number: str, one of them may be ''; aliases: tuple of str, an
    address, what comes before its @, a login, a number with letters."""

    name: str
    number: str = ""
    aliases: tuple = ()
    upload = folder = ""  # by which `people.People` finds submissions

    @property
    def shown(self):
        """Name and number, as far as they are known."""
        return f"{self.name} ({self.number})" if self.name and self.number else self.called

    @property
    def address(self):
        """The address of mail, which is the same in all lists, or ''."""
        return next((alias for alias in self.aliases if "@" in alias), "")

    @property
    def called(self):
        return self.name or self.number or next(iter(self.aliases), "")


def read(path):
    """Return the people of a roster: a list of Person. Raises CourseError.

    The columns are those of Moodle's grading worksheet, of Canvas's gradebook, or of a list of
    one's own: a name, a number as the export has it, or both.
    """
    rows = read_table(path, [], WHAT)
    columns = set(rows[0][1]) if rows else set()
    if rows and not columns.intersection(NUMBERS + NAMES + FIRST + LAST):
        raise CourseError(
            f"{path} has no column `name` or `number`: in {WHAT}, the first line names the "
            f"columns, and there it reads: {', '.join(sorted(columns))[:200]}."
        )
    people = [person for _, person in listed_in(rows, path)]
    if not people:
        raise CourseError(f"{path} names nobody: {WHAT} has a line for each.")
    return people


def listed_in(rows, path):
    """Return the people in the rows of a table, list of (number of the line, Person).

    rows: list of (number of the line, dict), with the columns' names in small letters; path:
    pathlib.Path of the table. Raises CourseError where two have one number.
    """
    people, seen = [], {}
    for line, row in rows:
        person = _person(row)
        if not person.called or name_key(person.name) in NO_LEARNERS:
            continue
        if person.number and seen.setdefault(person.number, line) != line:
            raise CourseError(
                f"{path}, line {line}: the number {person.number} stands in line "
                f"{seen[person.number]} already; in {WHAT}, each person has a line."
            )
        people.append((line, person))
    return people


def _first(row, columns):
    return next(((name, row[name]) for name in columns if row.get(name)), ("", ""))


def _person(row):
    column, name = _first(row, NAMES)
    if column in LAST_FIRST:
        name = in_order(name)
    if not name:
        name = " ".join(filter(None, (_first(row, FIRST)[1], _first(row, LAST)[1])))
    number = next((row[column] for column in NUMBERS if column in row), "")
    aliases = {row[column].casefold() for column in ALIASES if row.get(column)}
    aliases |= {alias.partition("@")[0] for alias in aliases}
    aliases |= {number.casefold()} if number and not number_in(number) else set()
    return Person(clean_name(name), number_in(number), tuple(sorted(aliases)))
