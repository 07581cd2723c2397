"""What a learner sees in a real kernel: friendly lines, own names put back, nothing hangs."""

import tempfile
from pathlib import Path

import pytest

from tests.support.helpers import build_notebook, lesson, run_cells, run_nbval, write_notebook
from utils import config

RIGHT = """@exercise
def sgd_step(w, grad, eta):
    return w - eta * grad"""
WRONG = RIGHT.replace("w - eta", "w + eta")
UNSOLVED = RIGHT.replace("return w - eta * grad", "raise NotImplementedError")
CHECK = "check.sgd_step(sgd_step)"


@pytest.fixture
def folder():
    """A folder inside the course, where a notebook finds it and the root's conftest holds."""
    (config.ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=config.ROOT / "build") as name:
        yield Path(name)


def test_a_learner_is_wrong_then_right():
    texts = run_cells(lesson(UNSOLVED, CHECK, WRONG, CHECK, RIGHT, CHECK))
    assert texts[0].startswith("The course is ready: profile ")
    assert texts[0].endswith("your answers\n")
    unsolved, wrong, right = texts[3], texts[5], texts[7]
    assert len(unsolved.splitlines()) == 1 and unsolved.startswith("✎ `sgd_step` waits for your")
    assert wrong.startswith(
        "✗ sgd_step isn't right yet.\n  You went uphill: subtract the gradient."
    )
    assert "Traceback" not in unsolved + wrong
    assert right == "✓ sgd_step: right (1 point).\n"


def test_calling_an_unsolved_exercise_is_friendly_too():
    texts = run_cells(lesson(UNSOLVED, "sgd_step(1, 2, 3)"))
    assert len(texts[3].splitlines()) == 1 and "waits for your code" in texts[3]


def test_a_renamed_exercise_is_named():
    texts = run_cells(lesson(RIGHT.replace("def sgd_step", "def sgd_stepp")))
    assert texts[2].startswith("Week 1 has no exercise called `sgd_stepp`. Did you mean `sgd_step`")
    assert "Traceback" not in texts[2]


@pytest.mark.parametrize("name", ["check", "exercise", "course", "np"])
def test_a_name_of_ours_that_a_cell_overwrites_is_put_back(name):
    texts = run_cells(lesson(RIGHT, f"{name} = 3", "np.zeros(2)", RIGHT, CHECK))
    assert texts[3].startswith(f"⚠ This cell gave `{name}` a new meaning")
    assert "Choose another name for yours" in texts[3]
    assert "array" in texts[4]
    assert texts[6].startswith("✓ sgd_step: right")


def test_a_deleted_name_comes_back_and_own_names_are_left_alone():
    texts = run_cells(lesson("del np", "mine = 3", "mine = 4", "print(mine, np.pi)"))
    assert "`np`" in texts[2]
    assert texts[3:5] == ["", ""]
    assert texts[5].startswith("4 3.14")


def test_running_the_import_cell_again_changes_nothing():
    cells = lesson(RIGHT, CHECK)
    again = build_notebook(*[cell.source for cell in cells.cells[:2] * 2 + cells.cells[2:]])
    texts = run_cells(again)
    assert texts[3] == ""
    assert texts[5].startswith("✓ sgd_step")


def test_an_exercise_whose_cell_raises_stops_nbval_there(folder):
    notebook = lesson(f"import nonsense_module\n{RIGHT}", CHECK, "print(1)")
    done = run_nbval(write_notebook(notebook, folder / "raises.ipynb"), COURSE_PROFILE="tiny")
    assert "1 failed, 2 passed, 2 skipped" in done.stdout
    assert "No module named 'nonsense_module'" in done.stdout


def test_a_loop_that_never_ends_stops_nbval_at_the_cell(folder):
    notebook = lesson("while True:\n    pass", CHECK, "print(1)")
    path = write_notebook(notebook, folder / "loops.ipynb")
    done = run_nbval(path, "--nbval-cell-timeout=4", timeout=60, COURSE_PROFILE="tiny")
    assert "1 failed, 2 passed, 2 skipped" in done.stdout
    assert "Timeout of 4 seconds exceeded executing cell" in done.stdout


def test_an_exercise_that_loops_is_stopped_by_its_check():
    loop = RIGHT.replace("return w - eta * grad", "while True:\n        w = w + 1")
    shorter = f"check.sgd_step.seconds = 0.5\n{CHECK}"
    texts = run_cells(lesson(loop, shorter))
    assert "still running after 0.5 seconds. Does a loop never end?" in texts[3]
    assert "`w = w + 1`" in texts[3] or "`while True:`" in texts[3]
