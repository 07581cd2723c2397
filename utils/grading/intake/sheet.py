"""A CSV file of an LMS in which single cells are replaced, and every other byte stays as it was."""

import re

from ...errors import CourseError
from ...files import written_whole
from .tables import DELIMITERS, MAX_ROWS, read_text

QUOTED = r'[ ]*"[^"]*(?:""[^"]*)*"[ ]*'
END = re.compile(r"\r\n|\r|\n|\Z")
AS_TEXT = re.compile(r'[\r\n"]|^\s|\s$')


def number_of(text):
    """Return the number in a cell, also with a decimal comma, or None."""
    try:
        return float(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except ValueError:
        return None


class Sheet:
    """A table whose first line names the columns.

    path: pathlib.Path; head: list of str, the columns' names; rows: range, the numbers of its rows,
    which `value` and `put` take. Raises CourseError where it can't be read.
    """

    def __init__(self, path, what):
        """what: str, what the file is, for messages: "Moodle's grading worksheet"."""
        self.path, self.what = path, what
        self.text, self.codec, self.mark = read_text(path, what)
        first = re.sub(QUOTED, "", self.text.partition("\n")[0])
        self.delimiter = max(DELIMITERS, key=first.count)
        self.cells, self.ends = [], []
        self._take_apart()
        self.head = [self._plain(cell) for cell in self.cells[0]]
        self.rows = range(1, len(self.cells))

    def _take_apart(self):
        """Fill `cells`, as they are written, row by row, and `ends`, what is behind each row."""
        bare = rf'(?![ ]*")[^{self.delimiter}\r\n]*'
        cell = re.compile(rf"(?:{QUOTED}|{bare})(?={self.delimiter}|\r|\n|\Z)")
        place, row = 0, []
        while True:
            found = cell.match(self.text, place)
            if not found:
                raise CourseError(
                    f"{self.path}, row {len(self.cells) + 1}: this isn't a row of a CSV file. Is a "
                    "quotation mark missing?"
                )
            row.append(found[0])
            place = found.end()
            if self.text.startswith(self.delimiter, place):
                place += 1
                continue
            end = END.match(self.text, place)
            self.cells.append(row)
            self.ends.append(end[0])
            place, row = end.end(), []
            if place == len(self.text):
                return
            if len(self.cells) > MAX_ROWS:
                raise CourseError(
                    f"{self.path} has more than {MAX_ROWS:,} lines: is this {self.what}?"
                )

    def _plain(self, cell):
        cell = cell.strip()
        return cell[1:-1].replace('""', '"').strip() if cell.startswith('"') else cell

    def value(self, row, column):
        """Return what stands in a cell, without spaces around it: '' where the row is too short."""
        cells = self.cells[row]
        return self._plain(cells[column]) if column < len(cells) else ""

    def column(self, column):
        """Return what stands in a column, list of str."""
        return [self.value(row, column) for row in self.rows]

    def put(self, row, column, text):
        """Replace what stands in a cell. text: str; what the file's encoding can't say becomes a
        reference, as HTML has them."""
        text = text.encode(self.codec, "xmlcharrefreplace").decode(self.codec)
        cells = self.cells[row]
        cells += [""] * (len(self.head) - len(cells))
        if self.delimiter in text or AS_TEXT.search(text) or cells[column].startswith('"'):
            text = '"' + text.replace('"', '""') + '"'
        cells[column] = text

    def write(self, path, columns=None):
        """Write the table, whole or not at all. path: pathlib.Path; columns: which, or all."""
        lines = []
        for cells, end in zip(self.cells, self.ends):
            if columns is not None:
                cells = [cells[column] if column < len(cells) else "" for column in columns]
                if not any(map(self._plain, cells)):
                    continue
            lines.append(self.delimiter.join(cells) + end)
        with written_whole(path) as file:
            file.write(self.mark + "".join(lines).encode(self.codec))
