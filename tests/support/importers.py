"""Moodle's assignment and Canvas's gradebook: what they export, and what they take back.

Written anew by the rules of their public source: Moodle's `mod/assign/gradingtable.php`,
`mod/assign/feedback/offline/{importgradeslib,locallib}.php` and `lib/csvlib.class.php`, and
Canvas's `lib/gradebook_exporter.rb` and `lib/gradebook_importer.rb`. They are as strict as those:
what would be refused there raises Refused here, and what would be skipped without a word is skipped
and listed.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# The months, and the days of the week from Monday on.
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
GERMAN += " Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
FRENCH += " lundi mardi mercredi jeudi vendredi samedi dimanche"
SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
SPANISH += " lunes martes miércoles jueves viernes sábado domingo"
ENGLISH_TIME = "%A, %d %B %Y, %I:%M %p"


class Refused(Exception):
    """The import stops before anything is taken over."""


@dataclass(frozen=True)
class Language:
    """The words of one language of Moodle: the columns' names in their order, the word before a
    participant's number, Yes and No, the decimal mark, and months and days, if not English."""

    identifier: str
    name: str
    mail: str
    status: str
    grade: str
    most: str
    changeable: str
    handed_in: str
    changed: str
    comments: str
    participant: str
    yes: str = "Yes"
    no: str = "No"
    mark: str = "."
    calendar: str = ""

    @property
    def head(self):
        names = (self.identifier, self.name, self.mail, self.status, self.grade, self.most)
        return [*names, self.changeable, self.handed_in, self.changed, self.comments]

    def time(self, when):
        if when is None:
            return "-"
        if not self.calendar:
            return when.strftime(ENGLISH_TIME)
        words = self.calendar.split()
        day, month = words[12 + when.weekday()], words[when.month - 1]
        return f"{day}, {when.day}. {month} {when:%Y, %H:%M}"


LANGUAGES = {
    "en": Language(
        "Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade",
        "Grade can be changed", "Last modified (submission)", "Last modified (grade)",
        "Feedback comments", "Participant ",
    ),
    "de": Language(
        "ID", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung",
        "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)",
        "Zuletzt geändert (Bewertung)", "Feedback als Kommentar", "Teilnehmer/in ",
        "Ja", "Nein", ",", GERMAN,
    ),
    "fr": Language(
        "Identifiant", "Nom complet", "Adresse de courriel", "Statut", "Note", "Note maximale",
        "La note peut être modifiée", "Dernière modification (travail remis)",
        "Dernière modification (note)", "Feedback par commentaires", "Participant ",
        "Oui", "Non", ",", FRENCH,
    ),
    "es": Language(
        "Identificador", "Nombre completo", "Dirección de correo", "Estado", "Calificación",
        "Calificación máxima",
        "Se puede cambiar la calificación", "Última modificación (entrega)",
        "Última modificación (calificación)", "Comentarios de retroalimentación", "Participante ",
        "Sí", "No", ",", SPANISH,
    ),
    "made up": Language(  # one that nobody has seen
        "Kruno", "Elmo vu", "Reko", "Stadu", "Pukt", "Plej Pukt", "Pukt vari", "Hend vari",
        "Pukt hora", "Diro", "Parto ", "Ja", "Ne", ",", GERMAN.upper(),
    ),
}  # fmt: skip


@dataclass
class Row:
    """What Moodle keeps of a participant. changed: datetime of the last change of the grade, or
    None; comment: str, HTML."""

    name: str
    grade: float | None = None
    changed: datetime | None = None
    is_locked: bool = False
    comment: str = ""


@dataclass
class Moodle:
    """An assignment. rows: dict, the number of a participant → Row; most: its maximum grade."""

    rows: dict
    most: float
    language: Language = LANGUAGES["en"]
    skipped: dict = field(default_factory=dict)

    def worksheet(self, encoding="utf-8-sig", **format):
        """Return the bytes of the grading worksheet. format: as csv.writer takes it."""
        words, lines = self.language, [self.language.head]
        for number, row in self.rows.items():
            grade = "" if row.grade is None else f"{row.grade:.2f}".replace(".", words.mark)
            most = f"{self.most:.2f}".replace(".", words.mark)
            lines.append(
                [f"{words.participant}{number}", row.name, f"{number}@example.org", words.status,
                 grade, most,
                 words.no if row.is_locked else words.yes, words.time(datetime(2026, 11, 29)),
                 words.time(row.changed), row.comment]
            )  # fmt: skip
        return _csv(lines, **format).encode(encoding)

    def take(self, data, now, encoding="utf-8", delimiter=",", is_newer_ignored=False):
        """Import a worksheet; return the numbers whose grade was changed, as a set.

        now: datetime; is_newer_ignored: whether a grade may be newer here than in the worksheet.
        `skipped` says whose wasn't changed, and why.
        """
        text = data.decode(encoding).removeprefix("\ufeff")
        head, *lines = _php_csv(text, delimiter)
        if any(len(line) != len(head) for line in lines):
            raise Refused("csvweirdcolumns")
        words, self.skipped, taken = self.language, {}, set()
        try:
            places = [head.index(each) for each in (words.identifier, words.grade, words.changed)]
        except ValueError as error:
            raise Refused(str(error)) from None
        comments = head.index(words.comments) if words.comments in head else None
        for line in lines:
            identifier, grade, changed = (line[place] for place in places)
            number = identifier[len(words.participant) :]
            row = self.rows.get(number)
            if row is None:
                continue
            changed = row.changed if is_newer_ignored else _english(changed)
            why = self._why_not(row, self._number(grade), changed)
            if why:
                self.skipped[number] = why
            else:
                row.grade, row.changed = self._number(grade), now
                taken.add(number)
            if comments is not None:  # also where the grade is skipped
                row.comment = line[comments]
        return taken

    def _number(self, text):
        """PHP's (float) takes the number at the start of a text, and 0 where there is none."""
        text = text.strip().replace(" ", "").replace(self.language.mark, ".")
        if not text:
            return None
        found = re.match(r"[+-]?(\d+\.?\d*|\.\d+)", text)
        return float(found[0]) if found else 0.0

    def _why_not(self, row, grade, changed):
        if row.grade is not None and grade == row.grade:
            return "not changed"
        if grade is None or grade < 0:
            return "blank"
        if row.changed and row.changed > changed + timedelta(seconds=60):
            return "stale"
        if row.is_locked:
            return "locked"
        return "out of range" if grade > self.most else ""


def _english(text):
    try:
        return datetime.strptime(text, ENGLISH_TIME)
    except ValueError:
        return datetime(1970, 1, 1)


def _csv(rows, **format):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, **{"lineterminator": "\n", **format}).writerows(rows)
    return buffer.getvalue()


def _php_csv(text, delimiter):
    """Return the rows as PHP's fgetcsv reads them: a backslash in quotes keeps the next character
    from ending the cell, and stays itself."""
    rows, row, cell, place, is_quoted = [], [], "", 0, False
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"
    while place < len(text):
        character, following = text[place], text[place + 1 : place + 2]
        if is_quoted and character == "\\":
            cell, place = cell + character + following, place + 1
        elif is_quoted and character == '"' == following:
            cell, place = cell + '"', place + 1
        elif character == '"' and (is_quoted or not cell):
            is_quoted = not is_quoted
        elif not is_quoted and character in (delimiter, "\n"):
            row, cell = [*row, cell], ""
            if character == "\n":
                rows, row = [*rows, row], []
        else:
            cell += character
        place += 1
    if is_quoted:
        raise Refused("a quotation mark is missing")
    return rows


@dataclass
class Work:
    """An assignment of Canvas. points: float; grades: dict, student's ID → float, "EX", or None for
    those who aren't to do it."""

    title: str
    points: float
    grades: dict = field(default_factory=dict)


@dataclass
class Canvas:
    """A course. students: dict, ID → name as `Lee, Ann`; works: dict, number → Work."""

    students: dict
    works: dict
    is_manual: bool = False

    def export(self, encoding="utf-8-sig", delimiter=",", mark=".", **format):
        """Return the bytes of the gradebook's export."""
        titles = [f"{work.title} ({number})" for number, work in self.works.items()]
        about = ["Student", "ID", "SIS User ID", "SIS Login ID", "Root Account", "Section"]
        lines = [[*about, *titles, "Imported Assignments Current Score", "Final Score"]]
        if self.is_manual:
            lines.append([""] * 6 + ["Manual Posting"] * len(titles) + ["", ""])
        points = [f"{work.points:.2f}" for work in self.works.values()]
        points = [text.replace(".", mark) for text in points]
        lines.append(["    Points Possible", *[""] * 5, *points, "(read only)", "(read only)"])
        for number, name in [*self.students.items(), ("999999", "Student, Test")]:
            grades = [self._shown(work, number, mark) for work in self.works.values()]
            login = f"{number}@example.org"
            lines.append([name, number, f"S{number}", login, "example.org", "Group 1; A", *grades,
                          "50", "50"])  # fmt: skip
        return _csv(lines, delimiter=delimiter, **format).encode(encoding)

    def _shown(self, work, number, mark):
        grade = work.grades.get(number, "")
        if grade is None:
            return "N/A"
        return grade if isinstance(grade, str) else f"{grade:.2f}".replace(".", mark)

    def take(self, data):
        """Import a gradebook; return the numbers of the assignments it has columns of.

        An empty cell takes a grade away. Raises Refused.
        """
        text = data.decode("utf-8-sig")
        delimiter = max(",;", key=text.split("\n")[0].count)
        head, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        if len(head) < 4 or "Student" not in head[0] or "ID" not in head[1]:
            raise Refused("Couldn't find header row")
        names = [place for place, name in enumerate(head) if "Section" in name]
        if not names:
            raise Refused("Couldn't find header row")
        first = names[-1] + 1
        while re.search(r"(Current|Final) (Score|Points|Grade)", head[-1]):
            head.pop()
        numbers = [self._number_of(title) for title in head[first:]]
        for line in lines:
            cells = line[first : len(head)]
            if "Points Possible" in line[0]:
                for number, cell in zip(numbers, cells):
                    self.works[number].points = float(_point(cell, delimiter))
            elif not all(cell in ("", "Manual Posting") for cell in line):
                self._take_row(line, dict(zip(numbers, cells)), delimiter)
        return numbers

    def _number_of(self, title):
        found = re.fullmatch(r"(.*)\s\((\d+)\)", title)
        if found and found[2] in self.works:
            return found[2]
        for number, work in self.works.items():
            if work.title == title:
                return number
        number = f"new {len(self.works)}"
        self.works[number] = Work(found[1] if found else title, 0.0)
        return number

    def _take_row(self, line, cells, delimiter):
        if re.match("student, *test", line[0], re.IGNORECASE):
            return
        if line[1] not in self.students:
            raise Refused(f"{line[0]} isn't a student here")
        for number, cell in cells.items():
            grades = self.works[number].grades
            if grades.get(line[1], "") is None:
                continue  # not assigned: left out without a word
            if not cell.strip():
                grades.pop(line[1], None)
            else:
                is_excused = cell.strip().upper() == "EX"
                grades[line[1]] = "EX" if is_excused else float(_point(cell, delimiter))


def _point(cell, delimiter):
    return cell.strip().replace(",", ".") if delimiter == ";" else cell.strip()
