"""The gradebook over all weeks: who is who, what counts, and what can't be read."""

import csv
import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from utils.grading.gradebook import __main__ as gradebook
from utils.grading.gradebook.book import Book
from utils.grading.gradebook.kept_reports import Report, Row
from utils.grading.intake.participants import Person
from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import checks_of
from utils.grading.marks import rules as marks_rules
from utils.grading.marks.late import read_due, read_policy
from utils.grading.marks.overrides import Override
from utils.grading.reports.write import write_all
from utils.grading.results import ExerciseResult, Status, SubmissionResult

ON_TIME, LATE = "2026-11-30T12:00:00+00:00", "2026-12-01T12:00:00+00:00"


def write_report(folder, week, people, overrides=()):
    """Write a week's report as the command does, of results that need no execution. All weeks have
    week 1's exercises, which need no TensorFlow.

    people: list of (name, number, status or Status of the first exercise, handed in).
    """
    results, works = [], []
    for name, number, status, when in people:
        place = f"{name}_{number}"
        about = {"number": number, "upload": place, "times": (when,), "late_marks": (False,)}
        works.append(Submission(name, place, (("a.ipynb",),), **about))
        results.append(_result(works[-1], status, when))
    rules = marks_rules.Rules(1, due=read_due("2026-11-30T23:59+00:00"))
    rules.policy, rules.overrides = read_policy("10% a day"), list(overrides)
    folder.mkdir(parents=True)
    state = {"week": week, "seed": 5}
    (folder / "run.json").write_text(json.dumps(state), encoding="utf-8")
    write_all(folder, results, works, rules)
    return folder


def _result(work, status, when):
    result = SubmissionResult(work.name, work.folder, 1, 5, 0)
    names = checks_of(1)
    if status in (Status.NOT_HANDED_IN, Status.NOT_GRADABLE):
        result.status, result.reason = status, "No notebook."
        return result
    for name, check in names.items():
        result.exercises.append(
            ExerciseResult(name, check.points, Status.GRADED, score=check.points)
        )
    first = result.exercises[0]
    first.status, first.score = status, first.score if status == Status.GRADED else 0
    about = {"notebook": "a.ipynb", "late_mark": False, "exercises": list(names)}
    result.taken = [{**about, "handed_in": when}]
    return result


def run(*arguments):
    return gradebook.main([str(argument) for argument in arguments])


def read(folder):
    with open(folder / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


FULL = sum(check.points for check in checks_of(1).values())


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """The folder of two reports from Moodle, where everybody has another number in each."""
    folder = tmp_path_factory.mktemp("course") / "a course"
    right, held = Status.GRADED, Status.HELD
    write_report(
        folder / "first",
        1,
        [
            ("Ann Lee", "11", right, ON_TIME),
            ("Bo, Chen", "12", held, ON_TIME),
            ("=1+1 Eve", "13", Status.NOT_GRADABLE, ""),
            ("Jún Sato", "14", Status.NOT_HANDED_IN, ""),
            ("Zoë <b>", "15", right, LATE),
        ],
    )
    write_report(
        folder / "second",
        2,
        [
            ("Zoë <b>", "21", right, ON_TIME),
            ("Jún Sato", "22", right, ON_TIME),
            ("Ann Lee", "23", right, ON_TIME),
            ("Bo, Chen", "24", right, ON_TIME),
            ("=1+1 Eve", "25", Status.NOT_GRADABLE, ""),
        ],
        [Override("overrides.csv, line 2", "25", "*", 3.0, "on paper")],
    )
    return folder


@pytest.fixture(scope="module")
def made(two):
    """The folder of their gradebook. The reports are named in no order."""
    assert run(two / "second", two / "first", "--out", two / "all" / "gradebook") == 0
    return two / "all" / "gradebook"


def test_a_line_has_what_each_week_says(made):
    """Held, not graded and not handed in are words, and only the last of them counts as nothing."""
    rows, both = read(made), f"{2 * FULL}"
    assert list(rows) == ["'=1+1 Eve", "Ann Lee", "Bo, Chen", "Jún Sato", "Zoë <b>"]
    ann, eve, bo = rows["Ann Lee"], rows["'=1+1 Eve"], rows["Bo, Chen"]
    assert (ann["week 1"], ann["week 2"]) == (f"{FULL}", f"{FULL}")
    assert (ann["total"], ann["of"], ann["percent"], ann["number"]) == (both, both, "100", "")
    assert (bo["week 1"], bo["total"], bo["percent"]) == ("held", "", "")
    assert "so far, waits for a person" in bo["notes"]
    assert (eve["week 1"], eve["week 2"], eve["total"]) == ("not gradable", "3", "")
    assert rows["Jún Sato"]["week 1"] == "not handed in"
    assert rows["Jún Sato"]["total"] == f"{FULL}" and rows["Jún Sato"]["of"] == both
    zoe = rows["Zoë <b>"]
    assert float(zoe["week 1"]) == round(0.9 * FULL, 2)
    assert zoe["notes"] == f"week 1: 1 day late, {0.1 * FULL:g} points taken off"


def test_the_page_links_each_report_and_each_learners_feedback(made):
    """By addresses that are relative, and there; markup in a name is text."""
    html = (made / "index.html").read_text(encoding="utf-8")
    links = [unquote(each) for each in re.findall(r'href="([^"]+)"', html)]
    assert len(links) == 2 + 9 + 2 + 1 and not [
        each for each in links if ":" in each or each[0] == "/"
    ]
    for each in links:
        assert (made / each.replace("&lt;", "<").replace("&gt;", ">")).exists(), each
    assert "Zoë &lt;b&gt;" in html and "<b>" not in html
    assert html.index("Not handed in") < html.index("All learners")


def test_the_lowest_week_may_be_left_out_and_weeks_weigh(two, tmp_path):
    options = ("--weight", "2=3", "--drop", "1", "--out", tmp_path / "out")
    assert run(two / "first", two / "second", *options) == 0
    rows = read(tmp_path / "out")
    assert rows["Jún Sato"]["percent"] == "100"
    assert rows["Jún Sato"]["of"] == rows["Jún Sato"]["total"] == f"{3 * FULL}"
    assert "week 1: left out as the lowest" in rows["Zoë <b>"]["notes"]
    assert rows["Bo, Chen"]["total"] == ""  # nobody knows yet which is the lowest


def test_a_roster_gives_names_numbers_and_who_was_never_there(two, tmp_path, capsys):
    (tmp_path / "class.csv").write_text(
        "name,number\nAnn LEE,900\nJún Sato,901\nBo Chen,902\nNia Okoro,903\nZoe b,904\n",
        encoding="utf-8",
    )
    options = ("--roster", tmp_path / "class.csv", "--out", tmp_path / "out")
    assert run(two / "first", two / "second", *options) == 0
    rows = read(tmp_path / "out")
    assert rows["Ann LEE"]["number"] == "900" and rows["Ann LEE"]["percent"] == "100"
    assert rows["Nia Okoro"]["week 1"] == rows["Nia Okoro"]["week 2"] == "not handed in"
    assert "2 of the learners aren't in the roster: =1+1 Eve, Bo, Chen." in capsys.readouterr().out


def reports_of(*weeks):
    """Return Reports. weeks: each a list of (name, number); the score is the place of the week."""
    return [
        Report(None, week, 10, [Row(name, number, name, float(week)) for name, number in each])
        for week, each in enumerate(weeks, start=1)
    ]


def lines_of(book):
    """Return [(name, weeks that are there, whether there is a total)] of a Book."""
    return [(line.name, sorted(line.rows), line.total is not None) for line in book.lines]


OTHERS = [("Ivo Žák", "5"), ("Ada Çelik", "6"), ("李 明", "7")]
OF_MOODLE = [(name, f"{40 + place}") for place, (name, _) in enumerate(OTHERS)]
KNOWN = [("Ada Çelik", [1, 2], True), ("Ivo Žák", [1, 2], True), ("李 明", [1, 2], True)]


def test_canvas_numbers_tell_people_of_one_name_apart_and_find_other_spellings():
    first = [("leeann", "1"), ("Bo Chen", "2"), ("Bo Chen", "3"), *OTHERS]
    second = [("Bo Chen", "3"), ("Ann Lee", "1"), *OTHERS]
    book = Book(reports_of(first, second))
    found = [line for line in lines_of(book) if line not in KNOWN]
    assert found == [("Ann Lee", [1, 2], True), ("Bo Chen", [1], True), ("Bo Chen", [1, 2], True)]
    assert not book.sentences and [line.number for line in book.lines][:3] == ["6", "1", "2"]


def test_moodle_numbers_are_of_an_assignment_and_tell_nothing():
    """Not even where one is by chance another's in the next week."""
    second = [("Ann Lee", "5"), *OF_MOODLE]
    book = Book(reports_of([("Ann Lee", "9"), *OTHERS], second))
    assert lines_of(book) == sorted([*KNOWN, ("Ann Lee", [1, 2], True)])
    assert not book.sentences and {line.number for line in book.lines} == {""}


def test_two_of_one_name_are_never_merged_where_nothing_tells_them_apart():
    first = [("Bo Chen", "1"), ("Bo  chen", "2"), *OTHERS]
    book = Book(reports_of(first, [("Bo Chen", "30"), *OF_MOODLE], OF_MOODLE))
    assert [line for line in lines_of(book) if line[0] not in dict(OTHERS)] == [
        ("Bo Chen", [1], False),
        ("Bo  chen", [1], False),
        ("Bo Chen", [2], False),
    ]
    [said] = book.sentences
    assert "week 1: 1, 2; week 2: 30" in said and "Ivo" not in said
    assert [row[4] for row in book.table() if row[:2] == ["Bo Chen", "1"]] == ["can't be matched"]


def test_addresses_of_rosters_tell_two_of_one_name_apart():
    """Unless a week has none: Moodle's worksheet has a column for them."""

    def week(number, *of_bo):
        rows = [Row("Bo Chen", f"{number}{place}", str(place), 1, address=address)
                for place, address in enumerate(of_bo)]  # fmt: skip
        others = [Row(name, f"{number}{place}") for place, name in enumerate(dict(OTHERS), 5)]
        return Report(None, number, 10, rows + [replace(each, score=1) for each in others])

    first, second = week(1, "bo@x.org", "chen@x.org"), week(2, "chen@x.org", "bo@x.org")
    book = Book([first, second], [Person("Bo Chen", aliases=("bo", "bo@x.org"))])
    lines = [line for line in book.lines if line.name == "Bo Chen"]
    assert sorted([row.number for row in line.rows.values()] for line in lines) == [
        ["10", "21"], ["11", "20"],
    ]  # fmt: skip
    assert all(line.total is not None for line in lines)
    assert (
        len(book.sentences) == 1 and "4 of the learners aren't in the roster" in book.sentences[0]
    )
    book = Book([first, second, week(3, "")])
    assert {line.total for line in book.lines if line.name == "Bo Chen"} == {None}
    assert "week 3: 30" in book.sentences[0]


def test_a_number_that_stands_with_two_names_counts_for_nobody():
    first = [("Ann Lee", "8"), *OTHERS]
    book = Book(reports_of(first, [("Mallory", "8"), *OTHERS], [("Ann Lee", ""), *OTHERS]))
    assert ("Ann Lee", [1, 3], True) in lines_of(book)
    assert ("Mallory", [2], True) in lines_of(book)
    [said] = book.sentences
    assert "8 (week 1: Ann Lee; week 2: Mallory)" in said


def test_one_who_claims_a_number_gets_nobody_elses_line():
    twice = [("Ann Lee", "8"), ("Ann Lee", "8"), *OTHERS]
    book = Book(reports_of(twice, [("Ann Lee", "8"), *OTHERS]))
    assert [line for line in lines_of(book) if line[0] == "Ann Lee"] == [
        ("Ann Lee", [1], False), ("Ann Lee", [1], False), ("Ann Lee", [2], False),
    ]  # fmt: skip
    assert len(book.sentences) == 2


def test_a_change_of_the_system_in_the_middle_of_a_course():
    weeks = [[("Ann Lee", "1"), *OTHERS]] * 3 + [[("Ann Lee", "77"), *OF_MOODLE]]
    book = Book(reports_of(*weeks, [(name, "") for name, _ in OTHERS]), [Person("Ann Lee", "1")])
    ann = next(line for line in book.lines if line.name == "Ann Lee")
    assert sorted(ann.rows) == [1, 2, 3, 4] and ann.total == 10 and ann.number == "1"
    assert ann.words(5) == "not handed in" and book.middle(4) == (4, 4)


def _damage(folder, change):
    marks = json.loads((folder / "marks.json").read_text(encoding="utf-8"))
    for each in marks["marks"].values():
        change(each)
    (folder / "marks.json").write_text(json.dumps(marks), encoding="utf-8")


FAULTS = {
    "two of a week": (["a", "b"], "are both reports of week 1"),
    "none": (["nowhere"], "holds no report"),
    "not ended": (["unfinished"], "hasn't ended with a report"),
    "older": (["older"], "of an older version"),
    "damaged": (["damaged"], "is damaged"),
    "no table": (["a", "--roster", "none.csv"], "none.csv can't be read"),
    "too many dropped": (["a", "--drop", "1"], "--drop 1"),
    "no weight": (["a", "--weight", "1=much"], "--weight 1=much"),
    "weight of another week": (["a", "--weight", "week4=2"], "no report of week 4"),
    "a report's folder": (["a", "--out", "a"], "a holds another page index.html"),
    "a file": (["a", "--out", "a/run.json"], "run.json is a file"),
    "no place for the page": (["a", "--out", "odd"], "odd can't be written"),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faulty")
    for name in ("a", "b", "older", "damaged"):
        write_report(folder / name, 1, [("Ann Lee", "1", Status.GRADED, ON_TIME)])
    _damage(folder / "older", lambda each: each.pop("status"))
    _damage(folder / "damaged", lambda each: each.update(score="many"))
    (folder / "unfinished").mkdir()
    (folder / "unfinished" / "run.json").write_text('{"week": 2, "seed": 1}')
    (folder / "odd" / "index.html" / "in the way").mkdir(parents=True)
    (folder / "odd" / "gradebook.csv").write_text("the last one")
    return folder


@pytest.mark.parametrize("kind", FAULTS)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing_behind(
    kind, faulty, monkeypatch, capsys
):
    monkeypatch.chdir(faulty)
    arguments, words = FAULTS[kind]
    before = {path: path.is_file() and path.read_bytes() for path in faulty.rglob("*")}
    out = [] if "--out" in arguments else ["--out", "out"]
    assert run(*arguments, *out) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1
    assert {path: path.is_file() and path.read_bytes() for path in faulty.rglob("*")} == before
