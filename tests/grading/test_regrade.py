"""The course changes between two runs: no mark changes, or stays, without a word."""

import ast
import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.changed_course import Course, all_files, details, table
from tests.support.grading_room import needs_box
from utils import config
from utils.grading import versions
from utils.grading.canaries import notebook
from utils.grading.differences import NO_STAMP, difference
from utils.grading.judge.verdicts import checks_of, max_score

IMPORT = "import numpy as np"
SGD = "def sgd_step(w, grad, eta):\n    return w - eta * grad"
FLIPPED = "def sgd_step(w, grad, eta):\n    return w + eta * grad"
CALLS = "def momentum_step(w, nu, grad, eta, alpha):\n    return sgd_step(w, grad, eta), 3 * nu"
REFERENCE = ("week1_linear_models/solutions.py", " - eta * grad\n", " + eta * grad\n")
CHECKS, PROBES = "utils/checks/week1", "utils/checks/probes/week1"
POINTS = (f"{CHECKS}/huber_loss.py", "new_check(__name__)", "new_check(__name__, points=2)")
HUBER = """def huber_loss(residuals, delta):
    inner = np.minimum(np.abs(residuals), delta)
    return float((0.5 * inner**2 + delta * (np.abs(residuals) - inner)).mean())"""


def hand_in(folder, **people):
    """Write one notebook a person. people: name → sources."""
    folder.mkdir(exist_ok=True)
    for name, sources in people.items():
        (folder / f"{name}.ipynb").write_bytes(notebook(IMPORT, *sources))


@pytest.fixture
def course(tmp_path):
    """A copy of the course, and three people's work beside it; Eve's is broken."""
    hand_in(tmp_path / "in", Ann=[SGD, HUBER], Bob=[FLIPPED, CALLS])
    (tmp_path / "in" / "Eve.ipynb").write_text("{", encoding="utf-8")
    return Course(tmp_path / "course")


def exercises(result):
    return {each["name"]: each for each in result["exercises"]}


@needs_box
def test_other_points_are_counted_anew_and_nothing_is_executed(course, tmp_path):
    """--resume refuses to mix and changes nothing; --regrade says whose marks changed."""
    out, arguments = tmp_path / "out", (tmp_path / "in", "--out", tmp_path / "out")
    course.run(*arguments, "--seed=5")
    before, kept = all_files(out), details(out)
    assert kept["Ann"]["score"] == 2 and kept["Ann"]["stamp"]["points"]["huber_loss"] == 1
    course.edit(*POINTS)

    said = course.run(*arguments, "--resume", status=2)
    assert "3 of 3 results are of another version: huber_loss is worth 2 points, was 1." in said
    assert "--regrade" in said and all_files(out) == before

    said = course.run(*arguments, "--regrade")
    assert "0 to grade again, 3 with other points alone" in said and "self-test" not in said
    assert "Ann: 2 → 3" in said and "Bob:" not in said
    found = details(out)
    assert [found[name]["score"] for name in ("Ann", "Bob", "Eve")] == [3, 0, 0]
    most = max_score(1) + 1
    assert {each["max_score"] for each in found.values()} == {most}
    assert table(out)["Ann"]["score"] == "3" and table(out)["Eve"]["max_score"] == str(most)
    huber = exercises(found["Ann"]).pop("huber_loss")
    assert huber == {**exercises(kept["Ann"])["huber_loss"], "points": 2, "score": 2}
    assert "0 to grade;" in course.run(*arguments, "--resume")


@needs_box
def test_only_the_changed_check_is_executed_again(course, tmp_path):
    """What is kept stays as it was, but for the line that it depends on what was wrong."""
    out, arguments = tmp_path / "out", (tmp_path / "in", "--out", tmp_path / "out")
    course.run(*arguments, "--seed=5")
    kept = details(out)
    assert exercises(kept["Bob"])["momentum_step"]["depends_on"] == ["sgd_step"]
    course.edit(*REFERENCE)
    hand_in(tmp_path / "in", Cid=[SGD], Ann=[SGD])  # one more, and one anew

    said = course.run(*arguments, "--regrade", "huber_loss", status=2)
    assert "--regrade huber_loss isn't all" in said and "the check of sgd_step changed" in said
    said = course.run(*arguments, "--regrade", "sgd_stepp", status=2)
    assert "Did you mean `sgd_step`?" in said
    assert details(out) == kept

    said = course.run(*arguments, "--regrade", "sgd_step")
    assert "4 submissions, 2 to grade, 2 to grade again (sgd_step)" in said
    assert "Bob: 0 → 1 (sgd_step 0 → 1)" in said and "Ann: 2 → 0" in said
    bob, before = exercises(details(out)["Bob"]), exercises(kept["Bob"])
    assert (bob.pop("sgd_step")["score"], before.pop("sgd_step")["score"]) == (1, 0)
    momentum, was = bob.pop("momentum_step"), before.pop("momentum_step")
    assert momentum["depends_on"] == [] and momentum["score"] == 0
    assert was["reason"] == f"Depends on `sgd_step`, which isn't right.\n{momentum['reason']}"
    assert bob == before
    now = course.stamp()
    for result in details(out).values():
        assert result["stamp"]["checks"] == now["checks"]
    assert "0 to grade;" in course.run(*arguments, "--resume")


@needs_box
def test_a_regrade_that_is_killed_goes_on(course, tmp_path):
    """Until it is done, each result says its own version, and no report mixes two."""
    people = {f"P{number}": [SGD if number % 2 else FLIPPED, HUBER] for number in range(6)}
    hand_in(tmp_path / "in", **people)
    out, arguments = tmp_path / "out", (tmp_path / "in", "--out", tmp_path / "out", "--seed=5")
    course.run(*arguments)
    tables = (out / "grades.csv").read_bytes()
    course.edit(*REFERENCE)
    now = course.stamp()["checks"]["sgd_step"]

    def done():
        return [
            name
            for name, each in details(out).items()
            if each["stamp"]["checks"]["sgd_step"] == now
        ]

    command, about = course.command(*arguments, "--regrade", "--jobs=1")
    process = subprocess.Popen(command, **about)
    end = time.monotonic() + 120
    while len(done()) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = 9 - len(done())
    assert 0 < left < 9 and (out / "grades.csv").read_bytes() == tables
    for name, each in details(out).items():
        is_plus = name in ("Bob", "P0", "P2", "P4")
        if name != "Eve":
            assert exercises(each)["sgd_step"]["score"] == (is_plus == (name in done()))

    said = course.run(*arguments, "--resume", status=2)
    assert (
        f"{left} of 9 results are of another version: the check of sgd_step changed." in said
        or left == 1
    )
    assert f"{left} to grade again" in course.run(*arguments, "--regrade")
    course.run(tmp_path / "in", "--out", tmp_path / "fresh", "--seed=5")
    fresh = table(tmp_path / "fresh")
    assert {name: row["score"] for name, row in table(out).items()} == {
        name: row["score"] for name, row in fresh.items()
    }


@needs_box
def test_results_of_no_version_and_another_choice_of_files_are_of_another_version(course, tmp_path):
    """Results from before there were stamps; --pick, where somebody has two files."""
    out, arguments = tmp_path / "out", (tmp_path / "in", "--out", tmp_path / "out")
    (tmp_path / "in" / "Flo").mkdir()
    for name, sources in {"a": [FLIPPED, HUBER], "b": [FLIPPED]}.items():
        (tmp_path / "in" / "Flo" / f"{name}.ipynb").write_bytes(notebook(IMPORT, *sources))
    course.run(*arguments, "--seed=5")
    said = course.run(*arguments, "--resume", "--pick=best", status=2)
    assert "1 of 4 results is of another version: --pick is best, was latest." in said
    path = out / "details" / "Ann.json"
    plain = json.loads(path.read_text(encoding="utf-8"))
    del plain["stamp"]
    path.write_text(json.dumps(plain), encoding="utf-8")
    said = course.run(*arguments, "--resume", status=2)
    assert f"1 of 4 results is of another version: {NO_STAMP}." in said
    said = course.run(*arguments, "--regrade")
    assert "1 to grade again;" in said
    assert details(out)["Ann"]["stamp"] == details(out)["Bob"]["stamp"]


@needs_box
def test_another_class_does_not_replace_a_report(course, tmp_path):
    """Where nobody of the report is among the submissions, nothing is changed."""
    out = tmp_path / "out"
    course.run(tmp_path / "in", "--out", out, "--seed=5")
    before = all_files(out)
    hand_in(tmp_path / "others", Zoe=[SGD])
    said = course.run(tmp_path / "others", "--out", out, "--resume", status=2)
    assert "results of 3 learners, and none of them is among these submissions" in said
    assert all_files(out) == before


@needs_box
def test_who_withdraws_takes_the_page_along(course, tmp_path):
    """It is said, nobody hands the page out, and with the work it comes back."""
    out, arguments = tmp_path / "out", (tmp_path / "in", "--out", tmp_path / "out")
    course.run(*arguments, "--seed=5")
    before = all_files(out / "feedback" / "Ann")
    work = (tmp_path / "in" / "Ann.ipynb").rename(tmp_path / "Ann.ipynb")
    said = course.run(*arguments, "--resume")
    assert "No longer among the submissions is Ann; the page lies in withdrawn/" in said
    assert not (out / "feedback" / "Ann").exists() and "Ann" not in table(out)
    assert not (out / "details" / "Ann.json").exists()
    assert (out / "withdrawn" / "Ann" / "feedback" / "feedback.html").is_file()
    assert "No longer" not in course.run(*arguments, "--resume")
    work.rename(tmp_path / "in" / "Ann.ipynb")
    said = course.run(*arguments, "--resume")
    assert "0 to grade;" in said and "Here again, from withdrawn/: Ann." in said
    assert all_files(out / "feedback" / "Ann") == before and not (out / "withdrawn").exists()


def changed(before, after):
    """Return in what two stamps differ: (keys, exercises whose check is another)."""
    keys = {key for key in after if before[key] != after[key]}
    return keys, {name for name, code in after["checks"].items() if before["checks"][name] != code}


EDITS = {
    "points": (*POINTS, {"points"}, set()),
    "a comment": (
        *(f"{CHECKS}/huber_loss.py", "huber_loss = new_check", "# Why?\nhuber_loss = new_check"),
        *(set(), set()),
    ),
    "a check": (
        *(f"{CHECKS}/expand.py", '"""Check of', '"""The check of'),
        *({"checks"}, {"expand"}),
    ),
    "a probe": (
        *(f"{PROBES}/huber_loss.py", "rng.uniform(1.5, 1.7)", "rng.uniform(1.5, 1.6)"),
        *({"checks"}, {"huber_loss"}),
    ),
    "a catalogue": (*(f"{CHECKS}/_wrong_adams.py", '"""', '"""Now: ', {"checks"}, {"adam_step"}),),
    "a reference": (*REFERENCE, {"checks"}, {"sgd_step"}),
    "the judge": ("utils/checks/compare.py", '"""', '"""Now: ', {"course"}, set()),
    "the sandbox": (*("utils/grading/sandbox/limits.py", '"""', '"""Now: ', {"course"}, set()),),
    "a report": ("utils/grading/reports/page.py", '"""What', '"""That', set(), set()),
    "another week": ("utils/checks/week2/tf_mse.py", '"""', '"""Now: ', set(), set()),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The stamp of a copy in which nothing was changed."""
    return Course(tmp_path_factory.mktemp("before") / "course").stamp()


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_changes_what_it_concerns_and_nothing_else(kind, before, tmp_path):
    """One exercise's check, its probe, its reference; the code of all; reports not at all."""
    path, old, new, keys, names = EDITS[kind]
    course = Course(tmp_path / "course")
    text = (course.folder / path).read_text(encoding="utf-8")
    (course.folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert text.count(old) and changed(before, course.stamp()) == (keys, names)


def test_what_a_reference_uses_belongs_to_it(before, tmp_path):
    """As the private helper that asks for rows: those that call it, directly or by another."""
    course = Course(tmp_path / "course")
    path = course.folder / "week1_linear_models" / "solutions.py"
    text = path.read_text(encoding="utf-8")
    users = {node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)
             and "_need_rows(" in ast.unparse(node)} - {"_need_rows"}  # fmt: skip
    path.write_text(text.replace("\ndef _need_rows", "\n@staticmethod\ndef _need_rows"), "utf-8")
    assert users and changed(before, course.stamp()) == ({"checks"}, users)


@pytest.mark.parametrize("week", config.available_weeks())
def test_all_code_that_a_mark_rests_on_is_in_the_stamp(week):
    """Whatever a file imports that is in it is in it, too, unless no mark depends on that."""
    ours = {Path(path) for path in versions.shared_files() if path.endswith(".py")}
    for name in checks_of(week):
        ours |= set(versions.exercise_files(week, name))
    apart = {Path(path) for path in versions.APART} | {Path("utils/grading/conflicts.py")}
    apart |= {Path("utils/progress.py"), Path("utils/notebooks.py"), Path("utils/places.py")}
    for path in ours:
        for other in versions._imported(path):
            folder = other.parent.name
            is_known = other in ours | apart or folder in (
                "marks",
                "reports",
                "display",
                "download",
            )
            assert is_known or folder.startswith("week") or other.name == "__init__.py", (
                path,
                other,
            )


def test_a_stamp_that_somebody_changed_is_no_stamp():
    """Neither is it an error."""
    now = versions.stamp(1)
    assert not difference(now, now)
    for damaged in ({}, {**now, "checks": []}, {**now, "course": None}):
        assert difference(damaged, now).words == (NO_STAMP,)
