"""Reads the instructor's tables, as a text editor or a spreadsheet of any country saves them."""

import csv
import io
import os
import stat

from ...errors import CourseError
from ...files import not_read
from .learner_names import clean, clean_name

MAX_TABLE, MAX_ROWS, MAX_CELL = 8 << 20, 50_000, 5_000  # bytes; lines; characters
DELIMITERS = ",;\t"
BESIDE = ""  # the key of what stands in cells without a column's name
MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}


def read_table(path, needed, what):
    """Return the rows of a CSV file as a list of (number of the line, dict).

    path: pathlib.Path; needed: columns that must be there, a list of str in small letters, or of
    tuples of which one name must be; what: str, what the file is, for messages: "the roster". Keys
    are the columns' names in small letters; values are str without spaces around them. What stands
    in more cells than there are names is under the key BESIDE, separated by commas. Empty lines,
    and those that begin with #, are left out. Raises CourseError.
    """
    text = read_text(path, what)[0].replace("\r\n", "\n").replace("\r", "\n")
    lines = _Lines(text)
    rows = _rows(lines, path, what)
    _, names = next(rows, (0, []))
    names = [name.casefold() for name in names]
    for name in needed:
        choice = (name,) if isinstance(name, str) else name
        if not set(choice) & set(names):
            raise CourseError(
                f"{path} has no column {' or '.join(choice)}: the first line of {what} names the "
                f"columns, and there it reads: {clean_name(', '.join(names)) or 'nothing'}."
            )
        if isinstance(name, str) and names.count(name) > 1:
            raise CourseError(f"{path} has {names.count(name)} columns {name}: leave one of them.")
    return [(number, _dict(names, row)) for number, row in rows]


def _dict(names, row):
    found, beside = dict.fromkeys(filter(None, reversed(names)), ""), []
    for place, value in reversed(list(enumerate(row))):  # of columns of one name the first counts
        if place < len(names) and names[place]:
            found[names[place]] = value
        elif value:
            beside.insert(0, value)
    return {**found, BESIDE: ", ".join(beside)} if beside else found


class _Lines:
    """The lines of a text, without those that hold nothing where a row begins."""

    def __init__(self, text):
        self.lines = enumerate(io.StringIO(text, newline=""), start=1)
        self.is_start, self.delimiter, self.began = True, "", 0

    def __iter__(self):
        return self

    def __next__(self):
        number, line = next(self.lines)
        while self.is_start and _holds_nothing(line):
            number, line = next(self.lines)
        if self.is_start:
            self.began, self.is_start = number, False
        return line


def _holds_nothing(line):
    text = line.strip()
    return not text.strip(DELIMITERS + '"') or text.startswith(("#", '"#', "sep="))


def _rows(lines, path, what):
    """Yield (number of the line, cells); first of all the columns' names."""
    start = lines.lines
    first = list(start)
    head = next((line for _, line in first if not _holds_nothing(line)), "")
    delimiter = max(DELIMITERS, key=head.count)
    lines.lines = iter(first)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    for _ in range(MAX_ROWS + 1):
        lines.is_start = True
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise CourseError(
                f"{path}, line {lines.began}: this isn't a line of a CSV file ({error}). Is a "
                "quotation mark missing?"
            ) from None
        if row is None:
            return
        yield lines.began, [clean(cell.strip())[:MAX_CELL] for cell in row]
    raise CourseError(f"{path} has more than {MAX_ROWS:,} lines: is this {what}?")


def read_text(path, what):
    """Return (text, codec, mark) of a table: the mark is what stands before the text, as bytes.

    path: pathlib.Path; what: str, what the file is, for messages. Raises CourseError.
    """
    data = _bytes(path, what)
    if data[:4] == b"PK\3\4" or data[:4] == b"\xd0\xcf\x11\xe0":
        raise CourseError(f"{path} is a spreadsheet's own file: save {what} as CSV there.")
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    for codec in [MARKS[mark]] if mark else ["utf-8", "cp1252"]:
        try:
            text = data[len(mark) :].decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, codec, mark
    raise CourseError(f"{path} isn't text: save {what} as CSV in UTF-8.")


def _bytes(path, what):
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # of a pipe one could wait forever
            raise CourseError(f"{path} isn't a file: {what} is expected there, as CSV.")
        with open(path, "rb") as file:
            data = file.read(MAX_TABLE + 1)
    except OSError as error:
        raise CourseError(not_read(path, error)) from None
    if len(data) > MAX_TABLE:
        raise CourseError(f"{path} is larger than {MAX_TABLE >> 20} MB: is this {what}?")
    return data


def beside(place, name, option):
    """Return the path of the instructor's file of that name beside the submissions, or None.

    place: pathlib.Path of the submissions; name: str, as `roster.csv`; option: str, the option that
    names another one. Raises CourseError where one lies among the submissions: Google Classroom
    leaves learners' files their names, so a learner may have handed it in.
    """
    path = place.resolve().parent / name
    inside = place / name
    if place.is_dir() and (inside.exists() or inside.is_symlink()):
        raise CourseError(
            f"{inside} lies among the submissions, where a learner may have put it: move it to "
            f"{path} or name it with {option} if it is yours, else remove it."
        )
    return path if path.exists() else None
