"""Reports: what learners and instructors get, and what they must not get."""

import csv
import io
import json
import unicodedata
from dataclasses import replace

import numpy as np
import pytest

from utils.checks import week1
from utils.grading import command
from utils.grading.batch import Batch
from utils.grading.intake import submissions
from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import in_kind
from utils.grading.marks.final import Marker
from utils.grading.marks.rules import Rules
from utils.grading.reports import feedback, gradebooks, overview, write
from utils.grading.results import ExerciseResult, Status, SubmissionResult


def exercise(name, score=1, points=1, status="graded", reason="", mistake=""):
    found = ExerciseResult(name, points, Status(status), reason, reason, mistake, score)
    found.seconds = 0.1
    return found


def result(name, *exercises, status="graded", reason="", sources=None):
    found = SubmissionResult(name, name, 1, 5, 3, Status(status), reason, ["a note"])
    found.exercises, found.sources = list(exercises), sources or {}
    found.score, found.seconds = sum(item.score for item in exercises), 1.5
    return found


def work_of(result, name="", number="", upload=""):
    """Return the Submission of a result."""
    name, upload = name or result.name, upload or result.name
    return Submission(name, result.folder, (("a.ipynb",),), number=number, upload=upload)


def marks_of(*results):
    """Return (marks, submissions, rules) of results without any rules."""
    works, rules = [work_of(each) for each in results], Rules(1)
    marker = Marker(works, rules)
    return [marker.mark(*pair) for pair in zip(results, works)], works, rules


def mark(result):
    return marks_of(result)[0][0]


GOOD = result("Ann_12_assignsubmission_file", exercise("expand"), exercise("adam_step", 2, 2))
POOR = result(
    "=cmd|' /C calc'!A0",
    exercise("expand", 0, reason="You forgot <b>x</b>.", mistake="You forgot <b>x</b>."),
    exercise("adam_step", 0, 2, "timed out", "It was still running after 40 seconds."),
)
LOST = result("Cut", status="not gradable", reason="The file isn't a notebook.")


def test_gradescope_shape():
    """The keys that Gradescope reads, and PrairieLearn's for a file that can't be read."""
    shape = json.loads(json.dumps(write.gradescope(mark(POOR))))
    assert (shape["score"], shape["execution_time"]) == (0, 1.5)
    assert set(shape["tests"][0]) == {
        "name",
        "score",
        "max_score",
        "status",
        "output",
        "visibility",
        "extra_data",
    }
    tests = {test["name"]: test for test in shape["tests"]}
    assert tests["adam_step"]["output"].startswith("timed out: ")
    assert tests["adam_step"]["max_score"] == 2 and tests["adam_step"]["status"] == "failed"
    lost = write.gradescope(mark(LOST))
    assert lost["gradable"] is False and lost["format_errors"] == [LOST.reason]


def test_feedback_escapes_and_names_nobody_else():
    """One page, own results; markup stays text."""
    html = feedback.feedback_page(mark(POOR))
    assert "&lt;b&gt;x&lt;/b&gt;" in html and "<b>" not in html
    assert "timed out" in html and "Ann" not in html
    assert "isn&#x27;t a notebook" in feedback.feedback_page(mark(LOST))


@pytest.mark.parametrize("name", ["probability", "closed_form", "adam_step", "kfold_indices"])
def test_feedback_holds_no_value(name):
    """For every mistake of an exercise, no number that its probe drew or expected is shown."""
    check = getattr(week1, name)
    expected = check.known(check.reference, 3)
    numbers = {
        f"{number:.4g}"
        for seen in expected
        for number in np.ravel(np.asarray(seen["value"], dtype=object))
        if isinstance(number, float) and number != round(number, 2)
    }
    for mistake in check.mistakes:
        text = in_kind(check.answer(check.known(mistake.function, 3), 3).text)
        assert text
        assert not [number for number in numbers if number in text]


def test_in_kind_keeps_what_helps():
    """Shapes, counts, names and errors stay; values go."""
    text = (
        "Tried on: twelve rows\nthe shape should be (12,); it is (12, 4).\n"
        "expected [0.123, 4.5]\n     got [0.2, 1.0]\n"
        "expected [[1, 2, 3],\n [4, 5, 6],\n [7, 8, 9]]\n     got [[0.5, 1.5,\n   2.5]]\n"
        "first difference at index [3]: expected 0.25, got -7 (3 of 12 differ)\n"
        "it raised ValueError: bad 0.123456 and 1e-05"
    )
    assert in_kind(text).splitlines() == [
        "Tried on: twelve rows",
        "the shape should be (12,); it is (12, 4).",
        "first difference at index [3] (3 of 12 differ)",
        "it raised ValueError: bad … and …",
    ]


def test_tables(tmp_path):
    """Our own table; no cell is a formula."""
    works = [
        work_of(GOOD, "Ann", "12", GOOD.name),
        work_of(POOR),
        work_of(LOST, "doe", "77", "doe_77_88_x"),
    ]
    marker = Marker(works, Rules(1))
    marks = [marker.mark(*pair) for pair in zip([GOOD, POOR, LOST], works)]
    gradebooks.write_table(tmp_path / "grades.csv", gradebooks.own_table(marks))
    with open(tmp_path / "grades.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["score"] for row in rows] == ["3", "0", "0"]
    assert rows[0]["adam_step"] == "2" and rows[2]["status"] == "not gradable"
    assert rows[0]["submission"] == GOOD.name and rows[0]["number"] == "12"
    assert rows[1]["submission"].startswith("'=") and rows[1]["name"].startswith("'=")


COPIED = """
def expand(points):
    total = []
    for number, (a, b) in enumerate(points):
        row = [a, b, a ** 2, b ** 2, a * b]
        row.append(1.0 if number >= 0 else 2.0)
        total.append(tuple(row))
    return np.asarray(total, dtype=float)
"""


def test_two_submissions_of_one_name_stay_two():
    """As week1.zip beside week1.ipynb: told apart by their folders."""
    twins = [
        replace(result("week1", exercise("expand"), sources={"expand": COPIED}), folder=folder)
        for folder in ("week1", "week1 (2)")
    ]
    marks, works, rules = marks_of(*twins)
    html = overview.overview_page(marks, works, rules)
    pages = [f'href="feedback/{folder}/feedback.html"' for folder in ("week1", "week1%20%282%29")]
    assert all(page in html for page in pages) and "2 submissions" in html
    assert [row[3] for row in gradebooks.own_table(marks)[1:]] == ["week1", "week1 (2)"]


def test_overview():
    """Who was graded, the exercises, the mistakes with an example, all learners; escaped."""
    poor = replace(POOR, sources={"expand": COPIED})
    html = overview.overview_page(*marks_of(GOOD, poor, LOST))
    places = [html.index(f'id="{name}"') for name in ("exercises", "mistakes", "others", "all")]
    assert places == sorted(places)
    assert "&lt;b&gt;x" in html and "<b>" not in html
    assert "3 learners: 2 graded, 1 not gradable." in html
    assert "timed out" in html and "def expand(points)" in html


FORMULAS = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "＝1",
        " ＋1",
    ),
    *("－1", "＠A1", "x;=1+1", "x; +1", "x;＝1", "x\t=1", "x\n=1", 'x;"=1+1"', "x;'=1"),
)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula_whatever_separates_cells(tmp_path, formula, separator):
    """A semicolon does so in many countries; a spreadsheet may take a full-width sign for one."""
    poor = replace(result(formula, exercise("expand", 0)), reason=formula)
    gradebooks.write_table(tmp_path / "grades.csv", gradebooks.own_table(marks_of(poor)[0]))
    text = (tmp_path / "grades.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
    firsts = {unicodedata.normalize("NFKC", cell).strip(' \t\n\r"\u200b')[:1] for cell in cells}
    assert not firsts & set("=+-@")


@pytest.mark.parametrize(
    "mark", ["\x1b[2J", "\x9b2J", "\u202e", "\u2066", "\u200f", "\x07", "\x7f"]
)
def test_no_report_holds_a_mark_that_nobody_sees(tmp_path, mark):
    """Neither of a name nor of what a learner's code said; tables, pages, and the terminal."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"Eve{mark}\n_7_8_a.ipynb").write_text("{}", encoding="utf-8")
    [work] = submissions.find(tmp_path / "in")
    batch = Batch(tmp_path / "out", 1, seed=5)
    said = f"it raised ValueError: {mark}"
    about = result(work.name, exercise("expand", 0, reason=said), reason=said, sources={"a": mark})
    stream = io.StringIO()
    batch.save(work, replace(about, folder=work.folder, notebook=f"{mark}.ipynb", notes=[mark]))
    write.write_all(batch.folder, [batch.result(work)], [work], Rules(1))
    batch.close()
    command.Progress(1, stream).step(work.name, mark)
    written = [
        path
        for path in batch.folder.rglob("*")
        if path.is_file() and "out/details" not in str(path)
    ]
    assert len(written) > 5
    for text in (stream.getvalue(), *(path.read_text(encoding="utf-8-sig") for path in written)):
        assert mark[0] not in text
    assert work.learner == (f"Eve{mark.encode('unicode_escape').decode()}\\n", "7")
