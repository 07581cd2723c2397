"""`--moodle`, `--canvas`: downloads that are filled, and read back by the importers' own rules."""

import csv
import html
import io
import random
import re
from argparse import Namespace
from datetime import datetime

import pytest

from tests.support import importers
from tests.support.grading_room import GOOD, IMPORTS, needs_box
from tests.support.importers import LANGUAGES, Canvas, Moodle, Refused, Row, Work
from utils.errors import CourseError
from utils.grading import __main__
from utils.grading.canaries import notebook
from utils.grading.intake import roster
from utils.grading.intake.sheet import Sheet
from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import checks_of
from utils.grading.marks.final import Marker
from utils.grading.marks.overrides import Override
from utils.grading.marks.rules import Rules
from utils.grading.reports.imports import fill_tables, read_tables
from utils.grading.results import ExerciseResult, Status, SubmissionResult

THEN, NOW = datetime(2026, 11, 20, 10, 30), datetime(2026, 12, 1)
NAMES = {  # accents, commas, quotation marks, two of one name, what a spreadsheet takes for more
    "1001": "Åsa Lindqvist",
    "1002": "Bo Chen",
    "1003": "Bo Chen",
    "1004": 'Dana "Dee" O\'Neil',
    "1005": "King, Jr., Émile",
    "1006": "=1+1 Eve",
    "1007": "李 明; B",
    "1008": "Marta Łoś",
    "1009": "Nobody Yet",
}
POINTS = {name: check.points for name, check in checks_of(1).items()}
MOST = sum(POINTS.values())
HOSTILE = "=A1; \\\"<b>you</b>\"==+1; '='-2; summed\\\n2 & 'more'"


def upload(number, name, lms):
    squashed = "".join(filter(str.isalnum, name.lower()))
    return {
        "moodle": f"{name}_{number}_assignsubmission_file",
        "canvas": f"{squashed}_{number}_5{number}_week1",
        "nobody's": name,
    }[lms]


def submission(number, lms="moodle", name=""):
    name = name or NAMES[number]
    return Submission(
        name, f"{name}_{number}", (("a.ipynb",),), is_folder=lms == "moodle",
        number="" if lms == "nobody's" else number, upload=upload(number, name, lms),
    )  # fmt: skip


def result(item, right=(), held=(), share=0.0, reason="Wrong.", status=Status.GRADED):
    """Return a SubmissionResult; `share` is what holds of huber_loss."""
    found = SubmissionResult(item.name, item.folder, 1, 5, MOST, status, reason="No notebook.")
    for name, points in POINTS.items():
        each = ExerciseResult(name, points, Status.GRADED, reason, "expected SECRET")
        if name in right:
            each.score, each.share, each.reason = points, 1.0, ""
        elif name in held:
            each.status = Status.HELD
        each.share = share if name == "huber_loss" else each.share
        found.exercises.append(each)
    return found


def class_of(lms):
    """Return (submissions, results): one wrong in a hostile way, one held, one can't be graded."""
    items = [submission(number, lms) for number in list(NAMES)[:8]]
    results = [result(item, [*POINTS][: place + 1]) for place, item in enumerate(items)]
    results[0] = result(items[0], ["expand"], share=1 / 3, reason=HOSTILE)
    results[4] = result(items[4], ["expand"], held=["adam_step"])
    results[5] = result(items[5], status=Status.NOT_GRADABLE)
    results[7] = result(items[7], POINTS)
    return items, results


def marks_of(items, results, **rules):
    marker = Marker(items, Rules(1, partial=True, **rules))
    return [marker.mark(*pair) for pair in zip(results, items)]


def tables_of(path, lms, column=None):
    named = {"moodle": None, "canvas": None, lms: path}
    return read_tables(Namespace(**named, column=column, week=1))


def filled(folder, lms, data, marks, column=None):
    """Fill a download; return (the filled one's bytes, sentences)."""
    path = folder / f"{lms}.csv"
    path.write_bytes(data)
    said = fill_tables(folder, tables_of(path, lms, column), marks)
    return (folder / f"grades-{lms}.csv").read_bytes(), said


def moodle_of(language="en", most=MOST):
    rows = {number: Row(name) for number, name in NAMES.items()}
    return Moodle(rows, most, LANGUAGES[language])


def cells_of(data, delimiter=","):
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("language", LANGUAGES)
def test_moodle_takes_what_was_filled(tmp_path, language):
    """Each score and comment; who waits, who is locked and whose work isn't here keep theirs."""
    lms = moodle_of(language)
    lms.rows["1003"].grade, lms.rows["1003"].changed = 2.5, THEN
    lms.rows["1003"].comment = "<p>Old, by hand</p>"
    lms.rows["1005"].comment = '<p class="x">Waits, and\nkeeps this</p>'
    lms.rows["1008"].is_locked = True
    marks = marks_of(*class_of("moodle"))
    before = lms.worksheet()
    data, said = filled(tmp_path, "moodle", before, marks)
    old, new = cells_of(before), cells_of(data)
    assert [row[:4] + row[5:9] for row in new] == [row[:4] + row[5:9] for row in old]
    assert data.startswith(b"\xef\xbb\xbf") and new[0] == old[0]

    scores = {mark.number: mark.score for mark in marks}
    wanted = {"1001", "1002", "1003", "1004", "1007"}
    is_english = language == "en"
    taken = lms.take(data, NOW, is_newer_ignored=not is_english)
    assert taken == wanted
    assert {number: lms.rows[number].grade for number in wanted} == pytest.approx(
        {number: scores[number] for number in wanted}
    )
    assert scores["1001"] == 1 + round(POINTS["huber_loss"] / 3, 2)
    assert set(lms.skipped.values()) == {"blank"} and set(lms.skipped) == set(NAMES) - wanted
    assert "Old" not in lms.rows["1003"].comment and lms.rows["1006"].comment == ""
    assert lms.rows["1005"].comment == '<p class="x">Waits, and\nkeeps this</p>'
    assert said[0] == (
        f"5 of 9 rows of grades-moodle.csv have their scores, in its columns "
        f"`{lms.language.grade}` and `{lms.language.comments}`; as they were: "
        "King, Jr., Émile (held), =1+1 Eve (not gradable), Marta Łoś (locked in Moodle, which "
        "would skip it without a word), 1 with nothing handed in."
    )
    assert len(said) == 1 + (not is_english)
    assert is_english or "times in English only" in said[1] and "Bo Chen (1003)" in said[1]


def test_without_the_tick_other_languages_lose_what_had_a_grade():
    """The rule that the sentence above is about."""
    lms = moodle_of("de")
    lms.rows["1003"].grade, lms.rows["1003"].changed = 2.5, THEN
    data = lms.worksheet().replace(b'"2,50"', b"3.5")
    assert lms.take(data, NOW) == set() and lms.skipped["1003"] == "stale"


def test_comments_are_html_in_one_line_and_no_formula(tmp_path):
    """Also where a cell's separator, a backslash or a quotation mark could end it."""
    lms, marks = moodle_of(), marks_of(*class_of("moodle"))
    data, _ = filled(tmp_path, "moodle", lms.worksheet(), marks)
    lms.take(data, NOW)
    comment = lms.rows["1001"].comment
    lines = [html.unescape(line) for line in comment.split("<br>")]
    assert lines[0] == f"{marks[0].score} of {MOST} points."
    assert f"compute_loss: {HOSTILE.splitlines()[0]}" in lines
    assert b"SECRET" not in data
    assert not [text for text in ("<b>", "\\", "\n") if text in comment]
    parts = [part.strip(" \"'") for part in re.split("[;\t]", comment)]
    assert not [part for part in parts if part[:1] in tuple("=+-@")]


def test_what_the_instructor_decides_is_in_the_comment_and_the_grade(tmp_path):
    given = [
        Override("o", "1002", "expand", 0.5, "half <i>"),
        Override("o", "1006", "*", 9, "oral"),
    ]
    lms = moodle_of()
    items, results = class_of("moodle")
    results[2].exercises[3].reason = "Only this, and\nno value"
    data, _ = filled(tmp_path, "moodle", lms.worksheet(), marks_of(items, results, overrides=given))
    lms.take(data, NOW)
    assert lms.rows["1006"].grade == 9 and "oral" in lms.rows["1006"].comment
    assert "half &lt;i&gt;" in lms.rows["1002"].comment
    assert "Only this" in lms.rows["1003"].comment and "no value" not in lms.rows["1003"].comment


@pytest.mark.parametrize(("most", "skipped"), [(100, set()), (4, {"1008"}), (MOST, set())])
def test_another_maximum_is_said_and_nothing_is_converted(tmp_path, most, skipped):
    """Moodle skips what is above its own; once that is set right, all of it is taken."""
    lms, marks = moodle_of(most=most), marks_of(*class_of("moodle"))
    data, said = filled(tmp_path, "moodle", lms.worksheet(), marks)
    lms.take(data, NOW)
    above = {number for number, why in lms.skipped.items() if why == "out of range"}
    assert above >= skipped
    scores = {mark.number: mark.score for mark in marks}
    assert above == {number for number in ("1002", "1003", "1004", "1007", "1008")
                     if scores[number] > most}  # fmt: skip
    assert bool(len(said) > 1) == (most != MOST)
    if most != MOST:
        assert f"is {most} and this report's is {MOST}" in said[1]
        assert f"set {MOST} in Moodle" in said[1]
    if above:
        assert "above its maximum without a word" in said[2] and "Marta Łoś" in said[2]
        lms.most = MOST
        assert lms.take(data, NOW) == above


def test_a_row_is_filled_only_where_it_is_certain_whose_it_is(tmp_path):
    """A number that two claim; somebody who isn't in the course; two of one name, no numbers."""
    items = [submission(number) for number in ("1001", "1004", "1004")]
    items[2] = submission("1004", name="Dana")
    items.append(submission("77", name="Stranger"))
    marks = marks_of(items, [result(item, ["expand"]) for item in items])
    lms = moodle_of()
    data, said = filled(tmp_path, "moodle", lms.worksheet(), marks)
    assert lms.take(data, NOW) == {"1001"}
    assert "1 that may be several people's" in said[0] and "7 with nothing handed in" in said[0]
    assert said[1].startswith('Dana "Dee" O\'Neil, Dana, Stranger have no row')

    items = [submission(number, "nobody's") for number in ("1001", "1002", "1005", "1008")]
    marks = marks_of(items, [result(item, ["expand"]) for item in items])
    data, said = filled(tmp_path, "moodle", lms.worksheet(), marks)
    assert lms.take(data, NOW) == {"1005", "1008"}  # 1001 has that grade already
    assert "2 that may be several people's" in said[0]


def test_a_spreadsheet_of_another_country_may_have_saved_it(tmp_path):
    """Semicolons, its code page, its line ends: a comment that it can't say is still HTML."""
    lms = moodle_of("de")
    lms.rows = {number: Row(name) for number, name in NAMES.items() if number < "1006"}
    items = [submission(number) for number in lms.rows]
    results = [result(item, ["expand"], reason="Łoś") for item in items]
    before = lms.worksheet("cp1252", delimiter=";", lineterminator="\r\n")
    data, _ = filled(tmp_path, "moodle", before, marks_of(items, results))
    assert data.count(b"\r\n") == before.count(b"\r\n") == data.count(b"\n")
    assert lms.take(data, NOW, "cp1252", ";") == set(lms.rows)
    assert "Łoś" in html.unescape(lms.rows["1001"].comment)


@pytest.mark.parametrize("language", ["en", "made up"])
@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("name", ""),  # marking is anonymous
        ("comments", "has no column for comments"),
        ("changeable", "says whether a grade is locked"),
        ("most", ""),
    ],
)
def test_a_worksheet_may_lack_a_column(tmp_path, language, left_out, words):
    """Whether an assignment has it depends on its settings; what then isn't known is said."""
    lms, marks = moodle_of(language), marks_of(*class_of("moodle"))
    data = _without(lms.worksheet(), getattr(lms.language, left_out))
    is_clear = left_out != "most" or language == "en"
    column = None if is_clear else lms.language.grade
    if column:
        with pytest.raises(CourseError, match="Name it with --column TITLE; there are: Kruno, "):
            filled(tmp_path, "moodle", data, marks)
    data, said = filled(tmp_path, "moodle", data, marks, column)
    assert lms.take(data, NOW) == {"1001", "1002", "1003", "1004", "1007", "1008"}
    assert "6 of 9 rows" in said[0] and len(said) == 1 + bool(words) and words in said[-1]


# --- Canvas


def canvas_of(**more):
    students = {
        number: name if "," in name else f"{name.rpartition(' ')[2]}, {name.rpartition(' ')[0]}"
        for number, name in NAMES.items()
    }
    works = {"41": Work("Week 1", MOST), "42": Work('Week 2: "MNIST", again', 21)}
    works["43"] = Work("Week 10; later", 5)
    return Canvas(students, works, **more)


@pytest.mark.parametrize(("delimiter", "mark"), [(",", "."), (";", "."), (";", ",")])
def test_canvas_takes_what_was_filled_and_nothing_else(tmp_path, delimiter, mark):
    """One column of one assignment; other grades, points and the test student stay."""
    lms = canvas_of(is_manual=True)
    work, other = lms.works["41"], lms.works["42"]
    work.grades = {"1003": 1.5, "1004": "EX", "1005": 3.25, "1007": None}
    other.grades = dict.fromkeys(NAMES, 7.0)
    marks = marks_of(*class_of("canvas"))
    before = lms.export(delimiter=delimiter, mark=mark)
    other.grades["1001"] = 9.0  # graded since then
    data, said = filled(tmp_path, "canvas", before, marks)
    old, new = cells_of(before, delimiter), cells_of(data, delimiter)
    assert [row[:6] for row in new] == [row[:6] for row in old]
    assert new[0][6:] == ["Week 1 (41)"] and data.startswith(b"\xef\xbb\xbf")
    assert lms.take(data) == ["41"] and len(lms.works) == 3
    scores = {mark.number: mark.score for mark in marks}
    assert work.grades == pytest.approx(
        {
            **{number: scores[number] for number in ("1001", "1002", "1003", "1008")},
            "1004": "EX",
            "1005": 3.25,
            "1007": None,
        }
    )
    assert (work.points, other.points, other.grades["1001"]) == (MOST, 21, 9.0)
    assert "4 of 9 rows" in said[0] and "`Week 1 (41)`" in said[0] and len(said) == 1
    assert "(excused in Canvas)" in said[0] and "(not assigned in Canvas)" in said[0]


def test_canvas_s_own_points_stay_and_a_difference_is_said(tmp_path):
    """Points Possible would become the assignment's."""
    lms = canvas_of()
    lms.works["41"].points = 100
    data, said = filled(tmp_path, "canvas", lms.export(), marks_of(*class_of("canvas")))
    lms.take(data)
    assert lms.works["41"].points == 100
    assert said[1] == (
        f"Canvas's maximum for this assignment is 100 and this report's is {MOST}; scores aren't "
        f"converted, so set {MOST} in Canvas before you import."
    )
    _, said = filled(tmp_path, "canvas", canvas_of().export(), marks_of(*class_of("canvas"), cap=9))
    assert f"is {MOST} and this report's is 9;" in said[1]


def test_canvas_may_split_names(tmp_path):
    lms, marks = canvas_of(), marks_of(*class_of("nobody's"))
    rows = cells_of(lms.export())
    split = [[*row[0].partition(", ")[::2], *row[1:]] for row in rows[1:]]
    data = importers._csv([["LastName", "FirstName", *rows[0][1:]], *split]).encode()
    data, said = filled(tmp_path, "canvas", data, marks)
    assert "4 of 9 rows" in said[0] and "2 that may be several people's" in said[0]
    assert cells_of(data)[0][:3] == ["LastName", "FirstName", "ID"]


@pytest.mark.parametrize("named", ["42", "Week 10; later", "Week 10; later (43)"])
def test_an_assignment_is_named_by_its_title_or_number(tmp_path, named):
    lms, marks = canvas_of(), marks_of(*class_of("canvas"))
    data, _ = filled(tmp_path, "canvas", lms.export(), marks, column=named)
    assert lms.take(data) == ["42" if named == "42" else "43"]


def _without(data, title):
    rows = cells_of(data)
    place = rows[0].index(title)
    buffer = io.StringIO()
    csv.writer(buffer).writerows(row[:place] + row[place + 1 :] for row in rows)
    return buffer.getvalue().encode()


def _titled(*titles):
    return Canvas({"1": "Lee, Ann"}, {str(k): Work(title, 5) for k, title in enumerate(titles)})


SCALE = moodle_of().worksheet().replace(b"Maximum grade", b"Scale").replace(b"17.00", b"Good")
CASES = {
    "no worksheet": ("moodle", canvas_of().export(), None, "isn't Moodle's grading worksheet"),
    "no export": ("canvas", moodle_of().worksheet(), None, "isn't Canvas's export"),
    "a list": ("canvas", b"name,number\nAnn,1\n", None, "here it reads: name, number."),
    "nothing": ("moodle", b"", None, "its first line reads: nothing."),
    "a spreadsheet": ("moodle", b"PK\3\4...", None, "is a spreadsheet's own file"),
    "a lost quotation mark": (
        "moodle", moodle_of().worksheet().replace(b'""', b'"'), None, "Is a quotation mark missing",
    ),
    "no time": (
        "moodle", _without(moodle_of().worksheet(), "Last modified (grade)"), None,
        "has no column `Last modified (grade)`",
    ),
    "a scale": ("moodle", SCALE, None, "takes no points"),
    "no such column": ("moodle", moodle_of().worksheet(), "Mark", "has no column Mark; there are"),
    "nobody twice": (
        "moodle", moodle_of().worksheet().replace(b"1002", b"1001"), None, "isn't Moodle's",
    ),
    "no week": ("canvas", _titled("Essay", "Week 11").export(), None, "No column of"),
    "two weeks": (
        "canvas", _titled("Week 1", "Week 01 again").export(), None,
        "are called week 1: name the assignment's with --column \"TITLE (NUMBER)\"; its "
        "assignments are: Week 1 (0), Week 01 again (1).",
    ),
    "no such assignment": (
        "canvas", canvas_of().export(), "Final Score", "has no assignment `Final Score`; its",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_file_is_told_in_one_sentence(tmp_path, case):
    lms, data, column, words = CASES[case]
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(CourseError) as error:
        tables_of(tmp_path / "t.csv", lms, column)
    text = str(error.value)
    assert words in text and "t.csv" in text and "\n" not in text


@pytest.mark.parametrize("lms", ["moodle", "canvas"])
def test_another_courses_or_assignments_table_is_refused(tmp_path, lms):
    """Participants have other numbers in each assignment of Moodle, under the same names."""
    path = tmp_path / "t.csv"
    path.write_bytes((moodle_of().worksheet if lms == "moodle" else canvas_of().export)())
    [table] = tables_of(path, lms)
    table.check([submission(number, lms) for number in NAMES])
    shifted = [submission(str(int(n) + 70), lms, name) for n, name in NAMES.items()]
    with pytest.raises(CourseError, match="of another assignment"):
        table.check(shifted)
    with pytest.raises(CourseError, match="of another course"):
        table.check([submission(str(k), lms, f"Somebody {k}") for k in range(5)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worksheet_is_a_roster_whatever_its_language(tmp_path, language):
    path = tmp_path / "t.csv"
    path.write_bytes(moodle_of(language).worksheet())
    [table] = tables_of(path, "moodle")
    assert {person.number: person.name for person in table.people} == NAMES
    assert {person.address for person in table.people} == {f"{n}@example.org" for n in NAMES}
    _, absent, _ = roster.with_roster([submission("1001")], table.people)
    assert len(absent) == 8 and absent[-1].name == "Nobody Yet"


def test_a_sheet_keeps_every_byte_that_is_not_replaced(tmp_path):
    """Whatever the quoting, the encoding and the ends of lines; the cells are csv's."""
    draw, path = random.Random(5), tmp_path / "t.csv"
    for _ in range(300):
        delimiter, end = draw.choice(",;\t"), draw.choice(["\n", "\r\n"])
        width = draw.randint(2, 5)
        texts = ["", "a", "é", "x y", '"', 'a""b', "1,5", "p;q", "l1\nl2", "=1", "t\tu", "\\"]
        rows = [[draw.choice(texts) for _ in range(width)] for _ in range(draw.randint(1, 5))]
        rows.insert(0, [f"column {k}" for k in range(width)])
        quoting = draw.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        text = importers._csv(rows, delimiter=delimiter, lineterminator=end, quoting=quoting)
        text = text if draw.random() < 0.5 else text.removesuffix(end)
        codec = draw.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
        path.write_bytes(text.encode(codec))
        sheet = Sheet(path, "a table")
        values = [[sheet.value(row, column) for column in range(width)] for row in sheet.rows]
        assert [sheet.head, *values] == rows
        sheet.write(path)
        assert path.read_bytes() == text.encode(codec)
        row, column, new = draw.choice(sheet.rows), draw.randrange(width), draw.choice(texts)
        sheet.put(row, column, new)
        sheet.write(path)
        rows[row][column] = new
        data = path.read_bytes().removeprefix(sheet.mark).decode(sheet.codec)
        found = io.StringIO(data, newline="")
        assert list(csv.reader(found, delimiter=delimiter)) == rows


def test_the_importers_refuse_what_those_of_the_platforms_refuse():
    """What the tests above rest on: without a column, with rows of other lengths, they stop."""
    data = _without(moodle_of().worksheet(), "Last modified (grade)")
    with pytest.raises(Refused):
        moodle_of().take(data, NOW)
    with pytest.raises(Refused):
        moodle_of("de").take(moodle_of().worksheet(), NOW)
    with pytest.raises(Refused):
        moodle_of().take(moodle_of().worksheet() + b"a,b\n", NOW)
    lms = canvas_of()
    lms.take(lms.export().replace(b"Week 1 (41)", b"Week one"))
    assert len(lms.works) == 4 and lms.works["new 3"].points == MOST


# --- the command


def run(folder, *more):
    command = ["week1", folder / "in", "--out", folder / "report", "--jobs", "2", *more]
    return __main__.main(list(map(str, command)))


@needs_box
def test_the_command_fills_them_and_takes_them_for_the_roster(tmp_path, capsys):
    """Errors come before anything is made; a table that isn't filled again is set aside."""
    (tmp_path / "in").mkdir()
    for number in ("1002", "1003"):
        place = tmp_path / "in" / upload(number, NAMES[number], "moodle")
        place.mkdir()
        (place / "week1.ipynb").write_bytes(notebook(IMPORTS, GOOD))
    lms, sheet = moodle_of("fr"), tmp_path / "fr.csv"
    sheet.write_bytes(moodle_of().worksheet().replace(b"100", b"200"))
    assert run(tmp_path, "--moodle", sheet) == 2
    assert "another assignment" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()
    sheet.write_bytes(lms.worksheet())
    assert run(tmp_path, "--moodle", sheet) == 0
    said = capsys.readouterr().out
    assert "7 of the roster handed in nothing" in said and "2 of 9 rows" in said
    path = tmp_path / "report" / "grades-moodle.csv"
    assert lms.take(path.read_bytes(), NOW) == {"1002", "1003"}
    assert not (tmp_path / "report" / "grades-canvas.csv").exists()
    old = path.read_bytes()
    assert run(tmp_path, "--resume") == 0
    assert "it is called old-grades-moodle.csv now" in capsys.readouterr().out
    assert not path.exists() and path.with_name("old-grades-moodle.csv").read_bytes() == old


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--column", "x"], "--column names the column of one table"),
        (["--moodle", "a", "--canvas", "b", "--column", "x"], "give one of them at a time"),
        (["--json", "a"], "--json goes with --self"),
        (["--moodle", "nowhere.csv"], "nowhere.csv can't be read: there is no such file"),
    ],
)
def test_options_that_do_not_fit_are_one_line(tmp_path, capsys, options, words):
    try:
        status = run(tmp_path, *options)
    except SystemExit as error:
        status = error.code
    said = capsys.readouterr().err
    assert status == 2 and words in said and said.count("\n") == 1
