"""The whole command on made-up cohorts: grades, reports, resuming, refusing."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.support.closed import closed, obeying
from tests.support.grading_room import needs_box
from utils import config
from utils.grading import __main__
from utils.grading.canaries import notebook
from utils.grading.judge.verdicts import max_score
from utils.grading.sample_cohort import make_cohort, solution_source, submission
from utils.grading.sandbox import box

SEED = "--seed=17"


def run(*arguments):
    """Run the command in this process; return its exit status."""
    return __main__.main([str(argument) for argument in arguments])


def grades(folder):
    """Return {submission: (score, status)} from grades.csv."""
    with open(folder / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {row["submission"]: (row["score"], row["status"]) for row in csv.DictReader(file)}


@pytest.fixture
def cohort(tmp_path):
    """Three learners, one of them perfect, and one broken file."""
    folder = tmp_path / "submissions"
    make_cohort(folder, 1, 2, seed=3)
    (folder / "Perfect Zoë.ipynb").write_text(json.dumps(submission(1)), encoding="utf-8")
    (folder / "Broken.ipynb").write_text("{", encoding="utf-8")
    return folder


@needs_box
def test_a_cohort_is_graded_and_reported(cohort, tmp_path, capsys):
    """Reports for each and for all; the same seed gives the same grades; resuming does nothing."""
    out = tmp_path / "report"
    assert run("week1", cohort, "--out", out, SEED, "--jobs", 2) == 0
    said = capsys.readouterr().out
    assert "The self-test passed" in said and "left" in said
    found = grades(out)
    assert found["Perfect Zoë"] == (str(max_score(1)), "graded")
    assert found["Broken"] == ("0", "not gradable")
    assert len(found) == 4
    for name in found:
        folder = out / "feedback" / name  # what a learner may get, and nothing else
        assert {item.name for item in folder.iterdir()} == {"results.json", "feedback.html"}
    json.loads((out / "feedback" / "Broken" / "results.json").read_text(encoding="utf-8"))
    again = tmp_path / "again"
    assert run("week1", cohort, "--out", again, SEED, "--jobs", 1) == 0
    assert grades(again) == found
    before = {path: path.stat().st_mtime_ns for path in (out / "details").iterdir()}
    assert run("week1", cohort, "--out", out, "--resume") == 0
    assert {path: path.stat().st_mtime_ns for path in (out / "details").iterdir()} == before
    assert "0 to grade" in capsys.readouterr().out


def test_a_folder_that_holds_a_run_is_not_overwritten(tmp_path, capsys):
    """Unless it is to be resumed, with the same week and seed."""
    (tmp_path / "a.ipynb").write_text(json.dumps(submission(1)), encoding="utf-8")
    out = tmp_path / "report"
    out.mkdir()
    (out / "run.json").write_text('{"week": 1, "seed": 5}')
    assert run("week1", tmp_path, "--out", out) == 2
    assert "--resume" in capsys.readouterr().err
    assert run("week1", tmp_path, "--out", out, "--resume", "--seed=6") == 2
    assert "seed 5" in capsys.readouterr().err
    (out / "run.json").write_text('{"week": 2, "seed": 5}')
    assert run("week1", tmp_path, "--out", out, "--resume") == 2
    assert "week 2" in capsys.readouterr().err


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


FAULTS = {
    "a file": (("--out", "a.txt"), "a.txt is a file"),
    "inside a file": (("--out", "a.txt/deep/report"), "a.txt is a file"),
    "among the submissions": (("--out", "in/deep/report"), "Name a folder outside"),
    "the submissions": (("--out", "in"), "Name a folder outside"),
    "nothing to grade again": (("--out", "report", "--regrade"), "holds no run"),
    "no exercise": (("--out", "report", "--regrade", "huber"), "Did you mean `huber_loss`?"),
    "a damaged run": (("--out", "damaged", "--resume"), "run.json is damaged"),
    "a run of no week": (("--out", "other", "--resume"), "run.json is damaged"),
    "no overrides": (("--out", "report", "--overrides", "none.csv"), "none.csv"),
    "no roster": (("--out", "report", "--roster", "none.csv"), "none.csv"),
    "a wrong date": (("--out", "report", "--due", "tomorrow"), "tomorrow"),
}


@needs_box
@pytest.mark.parametrize("kind", FAULTS)
def test_what_cannot_be_done_is_one_sentence_and_leaves_nothing_behind(kind, tmp_path, capsys):
    """It is said before anything is graded."""
    options, words = FAULTS[kind]
    for name in ("in", "damaged", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "in" / "a.ipynb").write_text(json.dumps(submission(1)), encoding="utf-8")
    (tmp_path / "a.txt").write_text("mine")
    (tmp_path / "damaged" / "run.json").write_text('{"week": 1, "se')
    (tmp_path / "other" / "run.json").write_text('{"week": 1, "seed": "5"}')
    before = files_in(tmp_path)
    options = [tmp_path / each if "/" in each or "." in each else each for each in options]
    options = [tmp_path / each if each in ("in", "report", "damaged", "other") else each
               for each in options]  # fmt: skip
    assert run("week1", tmp_path / "in", *options) == 2
    said = capsys.readouterr()
    assert words in said.err and said.err.count("\n") == 1 and not said.out
    assert [each for each in files_in(tmp_path) if not each.endswith(".lock")] == before


@pytest.mark.parametrize("jobs", ["0", "-1", "1.5", "many"])
def test_a_number_of_jobs_is_a_number(jobs, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        run("week1", tmp_path, "--out", tmp_path / "report", "--jobs", jobs)
    assert stopped.value.code == 2 and not (tmp_path / "report").exists()
    assert f"{jobs} isn't a whole number of submissions at a time" in capsys.readouterr().err


@needs_box
@obeying
def test_a_closed_folder_is_named(tmp_path, capsys):
    """For the reports, above them, and with the submissions."""
    cohort, shut = tmp_path / "in", tmp_path / "shut"
    cohort.mkdir()
    shut.mkdir()
    (cohort / "a.ipynb").write_text(json.dumps(submission(1)), encoding="utf-8")
    with closed(shut):
        for out in (shut, shut / "deep" / "report"):
            assert run("week1", cohort, "--out", out) == 2
            assert f"you may not write into {shut}" in capsys.readouterr().err
    with closed(cohort, 0o000):
        assert run("week1", cohort, "--out", tmp_path / "report") == 2
        assert f"{cohort} can't be read" in capsys.readouterr().err
    assert files_in(tmp_path) == ["in", "in/a.ipynb", "shut"]


@needs_box
def test_reports_among_the_submissions_are_no_submissions(cohort, tmp_path, capsys):
    """Neither this run's nor another one's: `submissions/report` and `submissions/old`."""
    old, out = cohort / "old", cohort / "report"
    assert run("week1", cohort, "--out", old, SEED) == 0
    assert run("week1", cohort, "--out", out, SEED) == 0
    assert run("week1", cohort, "--out", out, "--resume") == 0
    assert capsys.readouterr().out.count("4 submissions") == 3
    assert grades(out) == grades(old) and len(grades(out)) == 4


def test_without_a_sandbox_it_refuses(tmp_path, monkeypatch, capsys):
    """It says what to install, grades nothing, and leaves nothing behind."""
    (tmp_path / "a.ipynb").write_text(json.dumps(submission(1)), encoding="utf-8")
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "bwrap" else which(name))
    assert run("week1", tmp_path, "--out", tmp_path / "report") == 2
    said = capsys.readouterr()
    assert "bubblewrap" in said.err and "self-test" not in said.out
    assert not (tmp_path / "report").exists()


@needs_box
def test_a_box_that_does_not_hold_is_noticed(tmp_path, monkeypatch, capsys):
    """A right answer where a wrong one was sent: the self-test refuses to grade."""
    from utils.grading import canaries

    (tmp_path / "a.ipynb").write_text(json.dumps(submission(1)), encoding="utf-8")
    right = notebook("import numpy as np", solution_source(1, "sgd_step"))
    bad = canaries.Canary(canaries.BAD, right)
    monkeypatch.setattr(canaries, "make", lambda week: [bad])
    assert run("week1", tmp_path, "--out", tmp_path / "report", "--jobs=1") == 2
    assert "self-test failed" in capsys.readouterr().err
    assert not (tmp_path / "report").exists()


HARMLESS = {
    "a warning on stderr": "import warnings, sys\n    warnings.warn('careful')\n"
    "    print('debug', file=sys.stderr)",
    "a debug line": "print('here', w)\n    print({'evidence': 1})",
    "a slow answer": "import time\n    time.sleep(1.0)",
    "a progress bar": "from tqdm import tqdm\n    for _ in tqdm(range(3)): pass",
    "output cleared": "from IPython.display import clear_output\n    clear_output()",
    "an open figure": "import matplotlib.pyplot as plt\n    plt.plot([1]); plt.show()",
    "strict errors": "np.seterr(all='raise')",
    "a seed": "np.random.seed(0)\n    import random; random.seed(1)",
}


@needs_box
def test_harmless_habits_cost_nothing():
    """Warnings, prints, slowness, progress bars: full marks all the same."""
    from tests.support.grading_room import room

    for habit, code in HARMLESS.items():
        answer = f"@exercise\ndef sgd_step(w, grad, eta):\n    {code}\n    return w - eta * grad"
        found = room(1).grade(answer)
        assert found["sgd_step"].score == 1, (habit, found["sgd_step"])


@needs_box
def test_dependencies_and_statuses_are_named():
    """Unsolved, missing, downstream of another, twice, in a broken cell: each in words."""
    from tests.support.grading_room import room

    found = room(1).grade(
        "def probability(X, w):\n    raise NotImplementedError",
        "def compute_loss(X, y, w):\n    p = probability(X, w)\n    return -np.mean(np.log(p))",
        "def sgd_step(w, grad, eta):\n    return 0",
        "def sgd_step(w, grad, eta):\n    return w - eta * grad",
        "def expand(X:\n    return X",
        "def huber_loss(r, d):\n    return r",
        "def mse_loss(X, y):\n    return 0",
    )
    assert found["probability"].status == "not attempted"
    assert found["compute_loss"].reason.startswith("Depends on `probability`")
    assert found["sgd_step"].score == 1 and "2 times" in found["sgd_step"].notes[0]
    assert found["expand"].status == "not gradable" and "cell" in found["expand"].reason
    assert "parameters should be" in found["huber_loss"].reason
    assert "parameters should be" in found["mse_loss"].reason
    assert found["adam_step"].status == "missing"
    wrong = [e.mistake for e in found.values() if e.mistake]
    assert all(isinstance(mistake, str) for mistake in wrong)


@needs_box
def test_every_mistake_and_alternative_gets_the_same_mark_as_in_the_notebook():
    """Of one exercise here; the rest is in `make test-slow`."""
    from tests.support.grading_room import room
    from utils.grading.sample_cohort import variants

    for kind, source in variants(1)["compute_loss"]:
        found = room(1).grade(solution_source(1, "probability"), source)["compute_loss"]
        assert found.score == (kind == "alternative"), (kind, source, found)
        assert bool(found.mistake) == (kind == "mistake")


def _start(cohort, out, *more):
    command = [sys.executable, "-m", "utils.grading", "week1", str(cohort), "--out", str(out)]
    return subprocess.Popen(
        [*command, SEED, *more],
        cwd=config.ROOT,
        env={**os.environ, "PYTHONPATH": str(config.ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@needs_box
@pytest.mark.slow
def test_a_batch_that_is_killed_goes_on(tmp_path):
    """SIGKILL at five moments in a batch of 20: the same grades as undisturbed, none twice."""
    cohort = tmp_path / "submissions"
    make_cohort(cohort, 1, 20, seed=9)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    start = time.monotonic()
    assert _start(cohort, whole).wait(timeout=600) == 0
    seconds = time.monotonic() - start
    seen = {}
    for share in (0.2, 0.35, 0.5, 0.3, 0.45):
        process = _start(cohort, broken, "--resume")
        time.sleep(share * seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for path in broken.glob("details/*.json"):
            mark = path.stat().st_mtime_ns
            assert seen.setdefault(path, mark) == mark  # what was graded stays as it is
    assert seen
    process = _start(cohort, broken, "--resume")
    assert process.wait(timeout=600) == 0
    assert grades(broken) == grades(whole)
    assert len(grades(whole)) == 20


@needs_box
@pytest.mark.slow
@pytest.mark.parametrize("week", config.available_weeks())
def test_every_week_grades_its_solutions_and_catalogue(week, tmp_path):
    """The solutions get full marks; of a made-up cohort, each answer what its kind deserves."""
    from tests.support.grading_room import Room
    from utils.grading.sample_cohort import variants

    room = Room(week)
    data = json.dumps(submission(week)).encode()
    found = room.grade_bytes(data)
    lost = {name: item for name, item in found.items() if item.score < item.points}
    assert not lost
    answers = {name: dict(reversed(items)) for name, items in variants(week).items() if items}
    for kind in ("alternative", "mistake"):
        chosen = {name: items[kind] for name, items in answers.items() if kind in items}
        room.judge.naming = kind == "mistake" and week == 1
        filled = json.dumps(submission(week, **chosen)).encode()
        found = room.grade_bytes(filled)
        for name in chosen:
            is_right = found[name].score == found[name].points
            assert is_right == (kind == "alternative"), (name, found[name])
    room.forkserver.close()


AS_USER = """
mkdir -p {folder}/python && mount --bind {home} {folder}/python && mount -t tmpfs tmp /root &&
chmod 755 /root && mkdir -p {home} && mount --bind {folder}/python {home} &&
exec setpriv --reuid 4321 --regid 4321 --clear-groups env HOME={folder} "$@"
"""


@needs_box
@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_ordinary_user_grades_too(cohort, tmp_path):
    """The same grades as root's, in boxes of an ordinary user."""
    home = os.path.dirname(os.path.dirname(os.path.realpath(sys.executable)))
    for path in (tmp_path, *tmp_path.parents):
        if path.stat().st_uid == 0 and str(path).count("/") > 1:
            path.chmod(0o755)
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o777)
    command = [sys.executable, "-m", "utils.grading", "week1", str(cohort), "--out", str(out)]
    script = (
        AS_USER.format(folder=tmp_path, home=home)
        if home.startswith("/root/")
        else ('exec setpriv --reuid 4321 --regid 4321 --clear-groups "$@"')
    )
    done = subprocess.run(
        ["unshare", "-m", "bash", "-c", script, "as-user", *command, SEED],
        cwd=config.ROOT,
        env={**os.environ, "PYTHONPATH": str(config.ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert grades(out)["Perfect Zoë"] == (str(max_score(1)), "graded")
    assert (out / "grades.csv").stat().st_uid == 4321
    assert box.why_not() is None


def test_a_failure_of_the_grader_is_no_mark(tmp_path):
    """Where no kernel starts, that is said, and is tried again by --resume."""
    from utils.grading.batch import Batch
    from utils.grading.canaries import Canary
    from utils.grading.command import _failed
    from utils.grading.grade import grade
    from utils.grading.intake.submissions import Submission
    from utils.grading.judge.evidence import Store
    from utils.grading.judge.verdicts import Judge

    def no_kernel():
        raise OSError("no more processes")

    work = Canary("a", notebook("import numpy as np", solution_source(1, "expand")))
    with pytest.raises(OSError, match="no more processes"):
        grade(work, Judge(1, 1, Store()), no_kernel)
    batch = Batch(tmp_path / "out", 1)
    work = Submission("a", "a")
    batch.save(work, _failed(work, batch, "no more processes"))
    assert batch.result(work).status == "not gradable" and not batch.is_done(work)
    batch.close()
