"""Progress: what checks write, and what the command and a notebook's last cell say."""

import json
import subprocess
import sys

import pytest

from tests.support.helpers import environment, lesson, run_cells
from utils import config, progress
from utils.checks.exercise import exercise_names

WRONG = "@exercise\ndef compute_loss(X, y, w):\n    return 0.0"
CHECK, END = "check.compute_loss(compute_loss)", "course.show_progress(1)"


@pytest.fixture()
def file(tmp_path, monkeypatch):
    """A place for the file, in a folder that isn't there yet."""
    path = tmp_path / "new" / "progress.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


def command():
    """Return what `python -m utils.progress` prints."""
    asked = [sys.executable, "-m", "utils.progress"]
    done = subprocess.run(asked, cwd=config.ROOT, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout


def right(name):
    """Return a cell with the reference solution as a learner would write it."""
    from utils.grading.sample_cohort import helpers_source, solution_source

    return f"{helpers_source(1)}\n\n{solution_source(1, name)}"


@pytest.mark.parametrize("week", config.available_weeks())
def test_the_list_is_that_of_the_solutions(week):
    assert set(progress.exercises(week)) == set(exercise_names(week))


def test_checks_write_and_the_command_reads(file):
    assert "week 1 · ░░░░░░░░░░░░ · 0 of" in command()
    *_, said = run_cells(lesson(right("compute_loss"), CHECK, END))
    assert "1 of" in said and "open: " in said and "compute_loss" not in said
    assert command().splitlines()[0] == said.strip()
    *_, said = run_cells(lesson(WRONG, CHECK, END))
    assert "0 of" in said
    row = json.loads(file.read_text())["1"]["compute_loss"]
    assert row["passes"] is False and row["checked"] > "2026"


def test_reference_solutions_do_not_count(file):
    *_, said = run_cells(lesson(WRONG, CHECK, END), COURSE_SOLUTIONS="1")
    assert "0 of" in said and "don't count" in said
    assert not file.exists()


def test_all_done_is_a_full_bar_and_nothing_open(file):
    for name in progress.exercises(1):
        progress.record(1, name, True)
    assert "████████████" in progress.line(1) and "open" not in progress.line(1)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"1": [1]}', '{"1": {"compute_loss": '])
def test_a_damaged_file_counts_as_empty_and_is_written_anew(file, content):
    file.parent.mkdir()
    file.write_text(content)
    assert "0 of" in progress.line(1)
    progress.record(1, "compute_loss", True)
    assert "1 of" in progress.line(1)


def test_a_place_that_cannot_be_written_stops_no_check(tmp_path):
    """It is recorded in the user's own folder, and that is said once."""
    (tmp_path / "file").touch()
    cells, own = (right("compute_loss"), CHECK, CHECK, END), tmp_path / "own"
    places = {"COURSE_PROGRESS": str(tmp_path / "file" / "in it"), "XDG_CACHE_HOME": str(own)}
    *_, checked, again, end = run_cells(lesson(*cells), **places)
    assert "✓ compute_loss" in checked and "✓ compute_loss" in again and "1 of" in end
    assert "can't be written: a file is where a folder should be. Progress is recorded" in checked
    assert "can't be written" not in again and list(own.rglob("progress-*.json"))


def test_many_kernels_at_once_lose_nothing(file):
    code = (
        "import sys; from utils import progress\n"
        "for name in sys.argv[1:]: progress.record(1, name, True)"
    )
    names = progress.exercises(1)
    parts = [names[start::4] for start in range(4)]
    running = [
        subprocess.Popen([sys.executable, "-c", code, *part], cwd=config.ROOT, env=environment())
        for part in parts
    ]
    assert [process.wait(60) for process in running] == [0] * 4
    assert f"{len(names)} of {len(names)}" in progress.line(1)
