"""An instructor's evening with a class of 40, from the command line: every table, at each step."""

import csv
import html
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest

from tests.support import made_up_class
from tests.support.grading_room import needs_box
from tests.support.helpers import copy_course, environment
from tests.support.importers import Moodle
from tests.support.made_up_class import LMS, MAX_SCORE, POINTS, WEEK
from utils import config
from utils.grading.sample_cohort import submission

pytestmark = [
    needs_box,
    pytest.mark.slow,
    pytest.mark.skipif(WEEK not in config.available_weeks(), reason="week 2 isn't here"),
]
PEOPLE = {person.number: person for person in made_up_class.make_class(
    json.dumps(submission(WEEK)).encode()
)}  # fmt: skip
ASA, SECOND_BO, DANA, EMILE, FATOU, GULSEN, HANA, IVO, JUN, KAI, FULL, MARTA, NILS = (
    str(number) for number in (1001, *range(1003, 1015))
)
NOW = datetime(2026, 12, 10)
LATE = {"1001": "2 days", "1002": "5 days", MARTA: "1 day"}
# What the instructor writes, after a look at the report: the learner, exercise, points.
OVERRIDES = [
    (NILS, "*", 10, "handed in on paper"),
    (SECOND_BO, "relu_backward", 0.5, "the right idea"),
    (ASA, "softmax_cross_entropy", 1, "copied, says so"),
    ("Nobody Here", "relu_forward", 1, "wrong list?"),
]


class Desk:
    """Where an instructor sits: a copy of the course, the export and the tables beside it, and the
    report. lms: Lms; gradebook: what imports the grades, or None; fills: the option for that."""

    def __init__(self, folder, lms):
        self.folder, self.lms = folder, lms
        self.course, self.report = folder / "course", folder / "report"
        self.gradebook, self.fills = None, []
        copy_course(self.course, "utils", config.WEEKS[WEEK])
        (folder / "grading.toml").write_text(made_up_class.RULES, encoding="utf-8")
        dana = lms.label(PEOPLE[DANA])
        (folder / "extensions.csv").write_text(f"learner,due\n{dana},3 days\n", encoding="utf-8")

    def receive(self, people):
        """Get the export from the LMS, and its table to fill, or a list of the class."""
        (self.folder / "export.zip").write_bytes(self.lms.export(people))
        if not self.lms.gradebook:
            text = made_up_class.roster_of_classroom(people)
            (self.folder / "roster.csv").write_text(text, encoding="utf-8-sig")
            return
        self.gradebook = self.lms.gradebook(people)
        self.download()

    def download(self):
        """Get the gradebook's table anew, with the grades that it has by now."""
        is_moodle, path = isinstance(self.gradebook, Moodle), self.folder / "gradebook.csv"
        path.write_bytes((self.gradebook.worksheet if is_moodle else self.gradebook.export)())
        self.fills = ["--moodle" if is_moodle else "--canvas", path]

    def run(self, *more, export="export.zip", out="report", status=0):
        """Run the command with the usual options; return all that it said."""
        command = [sys.executable, "-m", "utils.grading", f"week{WEEK}", self.folder / export]
        command += ["--out", self.folder / out, "--due", "2026-11-30T23:59"]
        command += [*self.fills, *more]
        done = subprocess.run(
            list(map(str, command)),
            cwd=self.course,
            env=environment(TZ="UTC", PYTHONPATH=str(self.course)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=900,
        )
        assert done.returncode == status, done.stdout
        return done.stdout

    def table(self, name="grades.csv", out="report"):
        """Return the rows of a table, list of dict."""
        with open(self.folder / out / name, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def grades(self, out="report"):
        """Return {number: row} of grades.csv; an export without numbers has names to go by."""
        by_name = {_guarded(self.lms.name(person)): number for number, person in PEOPLE.items()}
        rows = self.table(out=out)
        assert [bool(row["number"]) for row in rows] == [self.lms.has_numbers] * len(rows)
        return {row["number"] or by_name[row["name"]]: row for row in rows}

    def page(self, number, name="results.json"):
        """Return the text of one of the files that a person gets."""
        return (self.report / "feedback" / self.place_of(number) / name).read_text(encoding="utf-8")

    def place_of(self, number):
        """Return the name of a person's folder, which a table guards if it looks like a formula."""
        return self.grades()[number]["folder"].removeprefix("'")

    def taken(self, person):
        """Return the part that lateness costs a person, as far as the export tells."""
        return person.taken if self.lms.has_times else person.by_mark

    def look(self, expected, max_score=MAX_SCORE, undecided=()):
        """Assert that all tables and pages say these scores, {number: float or None}."""
        grades = self.grades()
        assert grades.keys() == expected.keys()
        scores = {
            number: round((score or 0) * (1 - self.taken(PEOPLE[number])), 2)
            for number, score in expected.items()
        }
        assert {number: float(row["score"]) for number, row in grades.items()} == scores
        assert {float(row["max_score"]) for row in grades.values()} == {max_score}
        for number, row in grades.items():
            assert row["name"] == _guarded(self.lms.name(PEOPLE[number]))
            if row["status"] != "not handed in":
                found = json.loads(self.page(number))
                assert found.get("score", 0) == scores[number], row
        self._look_at_imports(scores, expected, undecided)

    def _look_at_imports(self, scores, expected, undecided):
        """What the gradebook takes: nothing where there is nothing, or a person must decide."""
        if not self.gradebook:
            return
        wanted = {
            number: score
            for number, score in scores.items()
            if expected[number] is not None and number not in undecided
        }
        if isinstance(self.gradebook, Moodle):
            self.gradebook.take((self.report / "grades-moodle.csv").read_bytes(), NOW)
            rows = self.gradebook.rows.items()
            found = {number: row.grade for number, row in rows if row.grade is not None}
            assert all(self.gradebook.rows[number].comment for number in wanted)
        else:
            [work] = self.gradebook.take((self.report / "grades-canvas.csv").read_bytes())
            found = self.gradebook.works[work].grades
        assert found == wanted
        self.download()


def _guarded(name):
    return f"'{name}" if name.startswith("=") else name


def first_scores():
    return {number: person.score for number, person in PEOPLE.items()}


def decided():
    """Return the scores after the instructor's decisions."""
    more = {NILS: 10, SECOND_BO: 1.5, ASA: 7.0, IVO: 10.0}
    return {**first_scores(), **more}


def after_the_change():
    """Return them where dense_forward is worth two points: the cap and a whole stay as they are."""
    return {
        number: score + 1 if "dense_forward" in PEOPLE[number].earned else score
        for number, score in decided().items()
    }


def look_at_the_first_report(desk, said):
    """Who is late, what waits, who handed in nothing, which files count: in words, everywhere."""
    desk.look(first_scores(), undecided={IVO})
    grades = desk.grades()
    for number, person in PEOPLE.items():
        row = grades[number]
        cells = {name: float(row[name]) for name in POINTS if row[name]}
        if number not in (FULL, NILS, JUN):
            assert cells == {**dict.fromkeys(POINTS, 0), **person.earned}, row
        assert bool(row["late"]) == bool(desk.taken(person)), row
        if desk.lms.has_times and number in LATE:
            assert LATE[number] in row["late"], row
    statuses = {NILS: "not gradable", JUN: "not handed in", IVO: "graded, 1 held"}
    for number, row in grades.items():
        assert row["status"] == statuses.get(number, "graded")
    assert grades[IVO]["build_convnet"] == "held"
    assert all(desk.lms.second in grades[number]["taken"] for number in (EMILE, FATOU))
    assert {"part 1", "part 2"} <= set(re.findall(r"part \d", grades[GULSEN]["taken"]))
    assert f"{made_up_class.TITLE}.py" in grades[HANA]["taken"]
    assert "Jún Sato" in said and "Ivo Žák" in said
    if not desk.lms.has_times:
        assert "times" in said  # that the export tells none


def overview(desk):
    return (desk.report / "index.html").read_text(encoding="utf-8")


def offered_line(desk):
    """Return the line for overrides.csv that the overview offers for the answer that waits."""
    page = overview(desk)
    part = page[page.index("Waiting for a person") :]
    assert "Ivo Žák" in part and "class Own" in part
    [line] = re.findall(r"[^<>\n]*,build_convnet,[^<>\n]*", part)
    return html.unescape(line).strip()


def decide(desk):
    """Write overrides.csv: the line that the report offers, and four more, one of them wrong."""
    lines = ["learner,exercise,points,comment", offered_line(desk)]
    for number, exercise, points, comment in OVERRIDES:
        label = desk.lms.label(PEOPLE[number]) if number in PEOPLE else number
        lines.append(f'{label},{exercise},{points},"{comment}"')
    path = desk.folder / "overrides.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def look_at_the_decisions(desk, said):
    """They reach all tables and pages; the one that is nobody's is named; changes are said."""
    assert "0 to grade" in said
    assert "Nobody Here" in said and "overrides.csv" in said and "line 6" in said
    desk.look(decided())
    assert "8 → 10" in said and {row["name"] for row in desk.table("changes.csv")} == {
        desk.lms.name(PEOPLE[number]) for number in (NILS, SECOND_BO, ASA, IVO)
    }
    grades = desk.grades()
    assert grades[IVO]["build_convnet"] == "2" and grades[IVO]["status"] == "graded"
    assert "handed in on paper" in desk.page(NILS, "feedback.html")
    assert "class Own" not in overview(desk) or "Waiting for a person" not in overview(desk)


def change_the_points(desk):
    path = desk.course / "utils" / "checks" / f"week{WEEK}" / "dense_forward.py"
    text = path.read_text(encoding="utf-8")
    assert text.count("new_check(__name__)") == 1
    path.write_text(text.replace("new_check(__name__)", "new_check(__name__, points=2)"), "utf-8")


def all_files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def refuse_to_mix(desk):
    """--resume changes nothing, and says what is of another version, and what to do."""
    before = all_files(desk.report)
    said = desk.run("--resume", status=2)
    assert "dense_forward" in said and "--regrade" in said
    assert before and all_files(desk.report) == before


def look_at_the_regrade(desk, said):
    """Each change of marks is in the table, also one that the cap takes back; many are said."""
    desk.look(after_the_change(), MAX_SCORE + 1)
    changed = {number for number, score in after_the_change().items() if score != decided()[number]}
    names = [
        _guarded(desk.lms.name(PEOPLE[number]))
        for number in (*changed, FULL, NILS, SECOND_BO, ASA, IVO)
    ]
    assert sorted(row["name"] for row in desk.table("changes.csv")) == sorted(names)
    assert said.count("dense_forward 1 → 2") >= 19


def withdraw(desk):
    """One leaves the class: the page goes with them."""
    kai = desk.place_of(KAI)
    desk.receive([person for person in PEOPLE.values() if person.number != KAI])
    said = desk.run("--resume")
    assert "Kai Müller" in said and "withdrawn" in said
    assert (desk.report / "withdrawn" / kai).is_dir() or list(
        (desk.report / "withdrawn").rglob(f"{kai}*")
    )
    assert not (desk.report / "feedback" / kai).exists()
    left = {number: score for number, score in after_the_change().items() if number != KAI}
    desk.look(left, MAX_SCORE + 1)


@pytest.mark.parametrize("name", LMS)
def test_the_evening(tmp_path, name):
    """Scores, decisions, a change of points, a regrade, a withdrawal."""
    desk = Desk(tmp_path, LMS[name])
    desk.receive(list(PEOPLE.values()))
    look_at_the_first_report(desk, desk.run())
    path = decide(desk)
    written = path.read_bytes()
    look_at_the_decisions(desk, desk.run("--resume"))
    change_the_points(desk)
    refuse_to_mix(desk)
    look_at_the_regrade(desk, desk.run("--regrade"))
    withdraw(desk)
    assert path.read_bytes() == written


def test_the_best_of_several_files_counts_where_the_instructor_says_so(tmp_path):
    """Otherwise the latest does; the report says which."""
    desk = Desk(tmp_path, LMS["moodle"])
    few = [replace(PEOPLE[number], taken=0.0) for number in (EMILE, FATOU, GULSEN)]
    desk.receive(few)
    desk.run("--pick", "best")
    grades = desk.grades()
    assert {number: float(row["score"]) for number, row in grades.items()} == {
        person.number: 8.0 for person in few
    }
    assert "-2.ipynb" in grades[EMILE]["taken"]
    assert f"{made_up_class.TITLE}.ipynb" in grades[FATOU]["taken"]
