"""Marks: what the instructor decides, weighs, takes off, in that order; what is wrong is named."""

import argparse
import csv
import json
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.grading_room import GOOD, IMPORTS, needs_box
from tests.support.importers import Canvas, Moodle, Row, Work
from utils.errors import CourseError
from utils.grading import __main__
from utils.grading.canaries import notebook
from utils.grading.intake.submissions import Submission
from utils.grading.judge.verdicts import checks_of, max_score
from utils.grading.marks import final, late, rules
from utils.grading.marks.final import Marker
from utils.grading.reports.imports import fill_tables, read_tables
from utils.grading.reports.write import write_all
from utils.grading.results import ExerciseResult, Status, SubmissionResult

DUE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
NAMES = list(checks_of(1))
MOST = max_score(1)


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    """A due time without an offset is this machine's; here that is UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def learner(name, number, *hours, marks=()):
    """Return a Submission. hours: after the due time, of each file; marks: whether it's late."""
    times = tuple((DUE + timedelta(hours=each)).isoformat() for each in hours)
    places = tuple((f"{place}.ipynb",) for place in range(len(times) or 1))
    marks = tuple(marks) or (False,) * len(places)
    return Submission(
        name, f"{name}_{number}", places, number=number, upload=f"{name}_{number}_x",
        times=times or ("",) * len(places), late_marks=marks,
    )  # fmt: skip


def result(item, status=Status.GRADED, **found):
    """Return a result. found: exercise → right (True), a share of the cases, or "held"."""
    exercises = []
    for name, check in checks_of(1).items():
        each = ExerciseResult(name, check.points, Status.GRADED, "Wrong.", "Wrong.")
        value = found.get(name, 0)
        if value == "held":
            each.status, each.reason = Status.HELD, "Held until a person has looked at it."
        elif value is True:
            each.score, each.share, each.reason = check.points, 1.0, ""
        else:
            each.share = value
        exercises.append(each)
    sources = dict.fromkeys(NAMES, "class Own:\n    pass  # <b>")
    return SubmissionResult(
        item.name, item.folder, 1, 5, MOST, status, exercises=exercises, sources=sources,
        number=item.number, upload=item.upload,
    )  # fmt: skip


class Desk:
    """A folder with submissions and, beside them, what the instructor writes."""

    def __init__(self, folder):
        self.folder, self.place, self.out = folder, folder / "in", folder / "out"
        self.place.mkdir()
        self.out.mkdir()

    def write(self, name, *lines):
        (self.folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def rules(self, **options):
        names = ("overrides", "rules", "due", "late", "extensions", "pick")
        options = {**dict.fromkeys(names), **options}
        return rules.read(self.place, argparse.Namespace(**options), 1)

    def report(self, people, results, **options):
        """Write all reports; return (sentences, rows of grades.csv by number)."""
        said = write_all(self.out, results, people, self.rules(**options))
        return said, {row["number"]: row for row in self.table("grades.csv")}

    def imported(self, people, results):
        """Return what Moodle and Canvas have after the import: rows, and grades, by number."""
        rows = {item.number: Row(item.name) for item in people}
        lms = (Moodle(rows, MOST), Canvas({item.number: item.name for item in people},
                                        {"5": Work("Week 1", MOST)}))  # fmt: skip
        paths = self.folder / "moodle.csv", self.folder / "canvas.csv"
        for path, data in zip(paths, (lms[0].worksheet(), lms[1].export())):
            path.write_bytes(data)
        named = argparse.Namespace(moodle=paths[0], canvas=paths[1], column=None, week=1)
        marks = final.marks(results, people, self.rules())
        fill_tables(self.out, read_tables(named), marks)
        lms[0].take((self.out / "grades-moodle.csv").read_bytes(), DUE)
        lms[1].take((self.out / "grades-canvas.csv").read_bytes())
        return rows, lms[1].works["5"].grades

    def table(self, name):
        with open(self.out / name, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def page(self, item, name="results.json"):
        return (self.out / "feedback" / item.folder / name).read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


ANN, BO, CEM = learner("Ann Lee", "1", 40), learner("Bo Chen", "2", -50), learner("Cem", "3", -9)


def test_the_order_is_points_override_weight_late_cap(desk):
    """Each step alone would give something else, and so would any other order."""
    desk.write("grading.toml", "partial = true", "[weights]", "adam_step = 2", "expand = 0")
    ann = result(ANN, adam_step=True, expand=True, huber_loss=1 / 3, sgd_step=True)
    points = {name: check.points for name, check in checks_of(1).items()}
    steps = (
        2 * points["adam_step"] + round(points["huber_loss"] / 3, 2) + 1
    )  # expand counts nothing
    people = [ANN, BO]
    _, rows = desk.report(people, [ann, result(BO)])
    assert float(rows["1"]["score"]) == pytest.approx(steps)
    assert float(rows["1"]["max_score"]) == sum(points.values()) + points["adam_step"] - 1
    desk.write("overrides.csv", "learner,exercise,points,comment", "1,adam_step,0.5,half of it")
    steps += 2 * (0.5 - points["adam_step"])
    _, rows = desk.report(people, [ann, result(BO)])
    assert (float(rows["1"]["score"]), rows["1"]["adam_step"]) == (pytest.approx(steps), "0.5")
    policy = {"due": "2026-11-30T23:59", "late": "10% a day, at most 3"}
    _, rows = desk.report(people, [ann, result(BO)], **policy)
    assert float(rows["1"]["score"]) == pytest.approx(round(0.8 * steps, 2))
    assert rows["1"]["late"].startswith("2 days, ") and rows["2"]["late"] == ""
    desk.write("grading.toml", "partial = true", "cap = 1.5", "[weights]", "adam_step = 2")
    _, rows = desk.report(people, [ann, result(BO)], **policy)
    assert rows["1"]["score"] == "1.5" and "No total is above 1.5" in rows["1"]["notes"]
    desk.write("overrides.csv", "learner,exercise,points", "Ann Lee,*,1.5")
    _, rows = desk.report(people, [ann, result(BO)], **policy)
    assert rows["1"]["score"] == "1.2"  # late comes after what replaces the sum


def test_without_rules_marks_are_the_results(desk):
    """No partial credit unless asked for."""
    said, rows = desk.report([BO], [result(BO, expand=True, huber_loss=0.9)])
    assert (said, rows["2"]["score"], rows["2"]["max_score"]) == ([], "1", str(MOST))
    assert rows["2"]["huber_loss"] == "0"


def test_a_held_answer_waits_until_a_line_decides(desk):
    """No silent 0: no score to import, the code and the line in the overview, said in words."""
    people = [ANN, learner("Ann Lee", "9", -5)]
    results = [result(ANN, expand=True, adam_step="held"), result(people[1], expand=True)]
    said, rows = desk.report(people, results)
    assert (rows["1"]["adam_step"], rows["1"]["status"]) == ("held", "graded, 1 held")
    assert "Ann Lee (1) (adam_step)" in said[0] and "Waiting for a person" in said[0]
    moodle, canvas = desk.imported(people, results)
    assert (moodle["1"].grade, moodle["9"].grade, canvas) == (None, 1, {"9": 1})
    assert moodle["1"].comment == "" and "adam_step" in moodle["9"].comment
    overview = (desk.out / "index.html").read_text(encoding="utf-8")
    assert "Waiting for a person" in overview and "&lt;b&gt;" in overview
    assert "<b>" not in overview and "learner,exercise,points,comment" in overview
    points = checks_of(1)["adam_step"].points
    line = f"1,adam_step,{points},"
    assert f">{line}<" in overview and "without adam_step" in desk.page(ANN, "feedback.html")
    assert "status" not in [t for t in json.loads(desk.page(ANN))["tests"]
                            if t["name"] == "adam_step"][0]  # fmt: skip

    desk.write("overrides.csv", "learner,exercise,points,comment", f"{line}fine <i>")
    before = (desk.folder / "overrides.csv").read_bytes()
    said, rows = desk.report(people, results)
    assert (rows["1"]["adam_step"], rows["1"]["status"]) == (str(points), "graded")
    assert rows["1"]["score"] == str(1 + points)
    assert any(
        f"Ann Lee (1): 1 → {1 + points} (adam_step held → {points})" in each for each in said
    )
    assert "fine &lt;i&gt;" in desk.page(ANN, "feedback.html")
    overview = (desk.out / "index.html").read_text(encoding="utf-8")
    assert "Waiting" not in overview and "fine &lt;i&gt;" in overview
    moodle, canvas = desk.imported(people, results)
    assert (moodle["1"].grade, canvas) == (1 + points, {"1": 1 + points, "9": 1})
    assert (desk.folder / "overrides.csv").read_bytes() == before


def test_bad_lines_are_named_and_the_rest_goes_on(desk):
    """The file, the line, what came, what was expected."""
    lines = {
        "Nobody,expand,1,": "no learner is called 'Nobody'",
        "2,expnd,1,": "did you mean expand?",
        "2,expand,2,": "2 points are too many, expand is worth 1",
        "2,expand,-1,": "'-1' is no number of points",
        "2,expand,nan,": "'nan' is no number of points",
        "2,huber_loss,0,5": "write 0.5",
        ",expand,1,": "there is no learner",
        f"2,*,{MOST + 1},": f"all exercises together are worth {MOST}",
        "Twin,expand,1,": "can be 2 learners; write one of: 7, 8.",
        "2,sgd_step,1,first": "",
        "2,SGD_step,0.5,last": "overrides.csv, line 12 counts, and overrides.csv, line 11",
        "2,build_convnet,1,": "1 of its lines are for exercises of other weeks",
    }
    desk.write("overrides.csv", "learner,exercise,points,comment", *lines)
    people = [BO, learner("Twin", "7", -3), learner("Twin", "8", -4)]
    said, rows = desk.report(people, [result(item) for item in people])
    assert (rows["2"]["score"], rows["2"]["expand"], rows["2"]["sgd_step"]) == ("0.5", "0", "0.5")
    assert rows["7"]["score"] == rows["8"]["score"] == "0"
    for number, words in enumerate(lines.values(), start=2):
        [found] = [each for each in said if words and words in each] or [""]
        assert bool(found) == bool(words), words
        assert f"line {number}" in found or "other weeks" in found or not words
    overview = (desk.out / "index.html").read_text(encoding="utf-8")
    assert "no learner is called" in overview


def test_what_could_not_be_graded_gets_points_by_hand(desk):
    """As for a broken file that was handed in on paper, or somebody who handed in nothing."""
    absent = Submission("Dee", "Dee", number="4")
    results = [result(BO, Status.NOT_GRADABLE), SubmissionResult("Dee", "Dee", 1, 5, MOST)]
    results[0].reason, results[1].status = "The file is broken.", Status.NOT_HANDED_IN
    people = [BO, absent]
    _, rows = desk.report(people, results)
    assert [rows[n]["status"] for n in "24"] == ["not gradable", "not handed in"]
    moodle, canvas = desk.imported(people, results)
    assert ([row.grade for row in moodle.values()], canvas) == ([None, None], {})
    assert not (desk.out / "feedback" / "Dee").exists()
    assert json.loads(desk.page(BO))["gradable"] is False
    desk.write("overrides.csv", "learner,exercise,points,comment", "2,*,9.25,on paper", "Dee,*,3,")
    said, rows = desk.report(people, results)
    assert [rows[n]["status"] for n in "24"] == ["graded by hand"] * 2
    moodle, canvas = desk.imported(people, results)
    assert ([row.grade for row in moodle.values()], canvas) == ([9.25, 3], {"2": 9.25, "4": 3})
    assert "on paper" in moodle["2"].comment
    assert "on paper" in desk.page(BO, "feedback.html")
    assert any("Bo Chen: no score → 9.25" in each for each in said)


def test_no_change_of_anybodys_marks_is_unsaid(desk):
    """Whatever caused it; all of them in changes.csv; a file that is damaged hides none."""
    many = [learner(f"P{number}", str(number), -number) for number in range(1, 31)]
    results = [result(item, expand=True) for item in many]
    assert desk.report(many, results)[0] == [] and desk.table("changes.csv") == []
    assert desk.report(many, results)[0] == []
    better = [result(item, expand=True, sgd_step=True) for item in many]
    said, _ = desk.report(many, better)
    assert "marks of 30 learners" in said[0] and said[-1].strip().startswith("and 10 more")
    assert "P1: 1 → 2 (sgd_step 0 → 1)" in said[1] and len(desk.table("changes.csv")) == 30
    desk.write("grading.toml", "[weights]", "sgd_step = 3")
    said, _ = desk.report(many[1:], better[1:])
    assert said[0] == f"The maximum is {MOST + 2} now, was {MOST}."
    assert len(desk.table("changes.csv")) == 60
    assert "P2: 2 → 4 (weights or the cap)" in said[2]
    last = desk.table("changes.csv")[-1]
    assert (last["name"], last["after"], last["report"]) == ("P1", "no longer handed in", "4")
    (desk.out / "marks.json").write_text("{")
    said, _ = desk.report(many[1:], results[1:])
    assert "damaged" in said[0] and any("P2: 4 → 1 (sgd_step 1 → 0)" in each for each in said)
    (desk.out / "marks.json").unlink()
    assert desk.report(many[1:], results[1:])[0] == []
    (desk.out / "marks.json").unlink()
    said, _ = desk.report(many[1:], better[1:])
    assert any("P2: 1 → 4 (sgd_step 0 → 1)" in each for each in said)


# --- time


@pytest.mark.parametrize(
    ("text", "earned", "units", "off"),
    [
        ("10% a day, at most 3", 8, 2, 1.6),
        ("10% a day, at most 3", 8, 9, 2.4),
        ("10 % per day up to 5 days.", 10, 9, 5),
        ("5% an hour", 10, 30, 10),
        ("2 points a day", 8, 3, 6),
        ("2 points a day", 3, 3, 3),
        ("1.5 points each week, at most 2 points", 9, 3, 2),
        ("25% a day, at most 30%", 10, 4, 3),
    ],
)
def test_what_lateness_costs(text, earned, units, off):
    """Of what was earned, never more."""
    assert late.read_policy(text).off(earned, units) == pytest.approx(off)


@pytest.mark.parametrize(
    "text",
    ["", "10%", "ten a day", "-5% a day", "110% a day", "0 points a day", "5% a day up to 3 h"]
    + ["10% a day, at most 2 points", "10% a day, at most 3 hours", "10% a month"],
)  # fmt: skip
def test_another_policy_is_refused_with_an_example(desk, text):
    with pytest.raises(CourseError, match="10% a day, at most 3"):
        late.read_policy(text)


@pytest.mark.parametrize(
    ("due", "handed_in", "days"),
    [
        ("2026-11-30T23:59", "2026-11-30T23:59:59.9+00:00", 0),
        ("2026-11-30 23:59", "2026-12-01T00:00:00+00:00", 1),
        ("2026-11-30", "2026-11-30T23:59:30+00:00", 0),
        ("2026-11-30T23:59", "2026-12-01T23:59:00+00:00", 1),
        ("2026-11-30T23:59", "2026-12-02T00:00:00+00:00", 2),
        ("2026-11-30T23:59+02:00", "2026-11-30T22:30:00+00:00", 1),
        ("2026-11-30T23:59", "2026-12-01T00:30:00+02:00", 0),
    ],
)
def test_the_whole_last_minute_is_in_time(due, handed_in, days):
    assert late.read_due(due).late_by(datetime.fromisoformat(handed_in), "day") == days


def test_a_day_ends_when_the_clock_says_so(monkeypatch):
    """Also the one with 25 hours, in late October."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    due = late.read_due("2026-10-24T23:59")
    handed_in = datetime.fromisoformat("2026-10-25T23:58:00+01:00")
    assert (due.late_by(handed_in, "day"), due.late_by(handed_in, "hour")) == (1, 25)
    assert str(due.later(timedelta(days=1))) == "2026-10-25 23:59"


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "30.11.2026", "0001-01-01T00:00", "25:00"])
def test_another_due_time_is_refused(desk, text):
    """In one sentence, with the form that is expected."""
    with pytest.raises(CourseError, match="write 2026-11-30T23:59") as error:
        desk.rules(due=text)
        assert text == "0001-01-01T00:00"  # some machines know that one
        raise CourseError("write 2026-11-30T23:59")
    assert "\n" not in str(error.value)


POLICY = {"due": "2026-11-30T23:59", "late": "10% a day, at most 3"}


def test_late_work_says_when_how_long_and_what_it_costs(desk):
    """In the table, the learner's page, Gradescope's file and the overview; else nothing."""
    people = [ANN, BO, CEM]
    said, rows = desk.report(people, [result(item, expand=True) for item in people], **POLICY)
    assert said == [] and [rows[n]["score"] for n in "123"] == ["0.8", "1", "1"]
    assert desk.table("changes.csv") == []
    words = "Handed in 2026-12-02 15:59, 2 days late (due 2026-11-30 23:59): 0.2 points taken off."
    assert words in rows["1"]["notes"] and words in desk.page(ANN, "feedback.html")
    assert words in json.loads(desk.page(ANN))["output"] and "late" not in desk.page(BO)
    assert rows["2"]["handed_in"] == "2026-11-28 21:59"
    assert "Late work" in (desk.out / "index.html").read_text(encoding="utf-8")


def test_extensions_move_one_learners_due_time(desk):
    """By so many days, or to a time; lines that say nothing possible are named."""
    people = [ANN, BO, CEM, learner("Dee", "4", 30), learner("Eve", "5", 30)]
    lines = ("1,2 days", "4,2026-12-01T00:30", "Who,2 days", "5,later", "5,2025-12-02")
    desk.write("extensions.csv", "learner,due", *lines)
    said, rows = desk.report(people, [result(item, expand=True) for item in people], **POLICY)
    assert [rows[n]["score"] for n in "1245"] == ["1", "1", "0.8", "0.8"]
    assert "in time (due 2026-12-02 23:59, with an extension)" in rows["1"]["notes"]
    for number, words in ((4, "called 'Who'"), (5, "nor as '2 days'"), (6, "before everybody's")):
        assert [each for each in said if f"extensions.csv, line {number}" in each and words in each]
    assert len(said) == 3
    said, rows = desk.report(people, [result(item, expand=True) for item in people])
    assert rows["4"]["score"] == "1" and any("has no effect" in each for each in said)


def test_where_times_tell_nothing_marks_alone_count(desk):
    """All files are of the minute of the export: Canvas's marks count a day each, or nobody's."""
    people = [
        learner("Ann", "1", 200, marks=[True]),
        learner("Bo", "2", 200.1),
        learner("Cem", "3", 200.05, marks=[True]),
    ]
    results = [result(item, expand=True) for item in people]
    desk.write("extensions.csv", "learner,due", "3,2 days")
    said, rows = desk.report(people, results, **POLICY)
    assert [rows[n]["score"] for n in "123"] == ["0.9", "1", "1"]
    assert any("tells no times" in each and "2 learners" in each for each in said)
    assert rows["1"]["handed_in"] == "" and "as one day" in rows["1"]["notes"]
    assert "there is an extension: nothing was taken off" in rows["3"]["notes"]
    said, rows = desk.report(people, results, late="10% a day")
    assert rows["1"]["score"] == "0.9" and any("--late without --due" in each for each in said)
    assert rows["3"]["score"] == "1"
    unmarked = [learner("Ann", "1", 200), learner("Bo", "2", 200.1)]
    said, rows = desk.report(unmarked, [result(item, expand=True) for item in unmarked], **POLICY)
    assert rows["1"]["score"] == "1" and any("so nobody is late" in each for each in said)


def test_what_the_lms_does_not_mark_where_it_marks_others_is_in_time(desk):
    """It knows who had more time; the times say by how much the others are late."""
    people = [learner("Ann", "1", 70, marks=[True]), learner("Bo", "2", 30), BO]
    _, rows = desk.report(people[:2], [result(item, expand=True) for item in people[:2]], **POLICY)
    assert (rows["1"]["score"], rows["2"]["score"]) == ("0.7", "1")
    assert "doesn't mark it as late" in rows["2"]["notes"]


def test_the_files_that_count_are_late_or_not(desk):
    """A later file of which nothing is taken costs nothing."""
    ann = learner("Ann", "1", -40, 40)
    mine = result(ann, expand=True)
    early, after = ann.times
    mine.taken = [
        {"notebook": "a.ipynb", "handed_in": early, "late_mark": False, "exercises": ["expand"]},
        {"notebook": "b.ipynb", "handed_in": after, "late_mark": False, "exercises": []},
    ]
    people = [ann, BO]
    _, rows = desk.report(people, [mine, result(BO)], **POLICY)
    assert (rows["1"]["score"], rows["1"]["taken"]) == ("1", "a.ipynb, b.ipynb")
    mine.taken[1]["exercises"] = ["sgd_step"]
    _, rows = desk.report(people, [mine, result(BO)], **POLICY)
    assert rows["1"]["score"] == "0.8"
    overview = (desk.out / "index.html").read_text(encoding="utf-8")
    assert "b.ipynb" in overview and "2026-12-02 15:59" in overview


# --- grading.toml


BROKEN = {
    "partial = 1": "`partial`, says 1: it is true or false",
    "cap = -1": "`cap`, says -1",
    "cap = nan": "`cap`, says nan",
    "caps = 20": "did you mean `cap`?",
    "weights = 3": "should be a table",
    "[weights]\nexpnd = 2": "did you mean `expand`?",
    "[weights]\nexpand = true": "a weight is a number",
    "[weights]\nexpand = -2": "a weight is a number",
    "late = 3": "isn't understood",
    "due = 3": "write a date and time",
    "due = 'soon'": "isn't a date and time",
    "partial = maybe": "isn't TOML",
    "\xff": "isn't TOML",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_rule_stops_with_one_sentence(desk, text):
    (desk.folder / "grading.toml").write_text(text, encoding="latin-1")
    with pytest.raises(CourseError, match="grading.toml") as error:
        desk.rules()
    assert BROKEN[text] in str(error.value) and "\n" not in str(error.value)


def test_options_win_and_name_other_files(desk):
    """Weights of other weeks' exercises may be in the same file."""
    desk.write(
        "grading.toml", "due = 2026-11-30", "late = '5% a day'", "[weights]", "build_convnet=2"
    )
    found = desk.rules()
    assert (str(found.due), found.policy.amount) == ("2026-11-30 23:59", 5)
    found = desk.rules(due="2026-12-24T08:00", late="7% a day")
    assert (str(found.due), found.policy.amount) == ("2026-12-24 08:00", 7)
    desk.write("mine.csv", "Learner;Exercise;Points", "2;expand;0,5")
    found = desk.rules(overrides=desk.folder / "mine.csv")
    assert [line.points for line in found.overrides] == [0.5]
    with pytest.raises(CourseError, match="nowhere.csv"):
        desk.rules(overrides=desk.folder / "nowhere.csv")


@pytest.mark.parametrize("name", ["overrides.csv", "extensions.csv", "grading.toml"])
def test_nothing_inside_the_submissions_is_read(desk, name):
    """Google Classroom leaves files their names, so a learner could have handed it in."""
    (desk.place / name).write_text("learner,exercise,points\n1,*,17\n")
    with pytest.raises(CourseError, match="among the submissions"):
        desk.rules()


def test_marks_of_all_weights_zero_are_zero(desk):
    """Practice only: no division by the maximum."""
    desk.write("grading.toml", "[weights]", *(f"{name} = 0" for name in NAMES))
    _, rows = desk.report([BO], [result(BO, expand=True)])
    assert (rows["2"]["score"], rows["2"]["max_score"], rows["2"]["expand"]) == ("0", "0", "1")


def test_a_mark_has_half_cents_upwards():
    """2.675 is 2.68, though no float is that number."""
    assert final._rounded(2.675) == 2.68 and final._rounded(3.0) == 3
    item = Marker([BO], rules.Rules(1)).mark(result(BO, expand=True), BO)
    assert (item.score, item.max_score) == (1, MOST)


# --- the command


def run(desk, *more):
    """Run the command in this process; return its exit status."""
    arguments = ["week1", desk.place, "--out", desk.folder / "report", *more]
    return __main__.main([str(argument) for argument in arguments])


def test_a_broken_rule_is_said_before_anything_is_made(desk, capsys):
    """Exit status 2, one sentence, no folder."""
    (desk.place / "Ann Lee_1_assignsubmission_file").mkdir()
    path = desk.place / "Ann Lee_1_assignsubmission_file" / "week1.ipynb"
    path.write_bytes(notebook(IMPORTS, GOOD))
    for more in (("--due", "soon"), ("--late", "a lot"), ("--overrides", desk.folder / "no.csv")):
        assert run(desk, *more) == 2
        said = capsys.readouterr()
        assert said.err.count("\n") == 1 and str(more[1]) in said.err
        assert not (desk.folder / "report").exists()
    desk.write("grading.toml", "cup = 2")
    assert run(desk) == 2 and "did you mean `cap`?" in capsys.readouterr().err


@needs_box
def test_every_run_reads_the_instructors_files(desk, capsys):
    """Also where nothing is left to grade; whose points changed is printed."""
    for name in ("Ann Lee_1", "Bo Chen_2"):
        folder = desk.place / f"{name}_assignsubmission_file"
        folder.mkdir()
        (folder / "week1.ipynb").write_bytes(notebook(IMPORTS, GOOD))
    assert run(desk, "--jobs", "2") == 0
    desk.write("overrides.csv", "learner,exercise,points", '"Lee, Ann",kfold_indices,1.5')
    capsys.readouterr()
    assert run(desk, "--resume") == 0
    said = capsys.readouterr().out
    assert "0 to grade" in said and "Ann Lee: 1 → 2.5 (kfold_indices 0 → 1.5)" in said
    assert "Bo Chen" not in said
    desk.out = desk.folder / "report"
    rows = {row["number"]: row for row in desk.table("grades.csv")}
    assert (rows["1"]["score"], rows["2"]["score"]) == ("2.5", "1")
    [page] = (desk.out / "feedback").glob("Ann Lee*/feedback.html")
    assert f"2.5 of {MOST} points" in page.read_text(encoding="utf-8")


def test_lines_that_do_not_count_are_named_in_order(desk):
    """Whatever is wrong with each: an instructor goes through the file from its top."""
    people = [learner("A", "1"), learner("B", "2")]
    lines = ("learner,exercise,points", "A,expand,9", "Zed,expand,1", "A,expnd,1", "B,expand,x")
    desk.write("overrides.csv", *lines)
    bad = Marker(people, desk.rules()).bad
    assert [sentence.split(":")[0] for sentence in bad] == [
        f"overrides.csv, line {number}" for number in (2, 3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("10% a day, at most 3", "10% of what was earned for each day that has begun, 30% at most"),
        ("2 points an hour", "2 points for each hour that has begun"),
    ],
)
def test_a_policy_says_how_it_was_understood(text, words):
    """As the command prints it, so that a slip is seen."""
    assert str(late.read_policy(text)) == words


def test_which_file_counts_may_be_a_rule(desk):
    """The command line wins; a slip is named."""
    assert desk.rules().pick == "latest"
    desk.write("grading.toml", 'pick = "best"')
    assert desk.rules().pick == "best" and desk.rules(pick="latest").pick == "latest"
    desk.write("grading.toml", 'pick = "last"')
    with pytest.raises(CourseError, match='"latest" or "best"'):
        desk.rules()
