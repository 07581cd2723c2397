"""A new exercise: made by one command, filled in, and then held to the catalogue's rules."""

import shutil
import subprocess
import sys

import pytest

from tests.support.helpers import copy_course, environment
from utils import config

COMMAND = [sys.executable, "-m", "utils.notebooks", "new-exercise"]
NAME, SIGNATURE = "made_up_penalty", "made_up_penalty(w, l1, l2)"
REFERENCE = "return l1 * np.sum(np.abs(w)) + l2 * np.sum(w**2)"
CHECK = '''"""Check of `made_up_penalty`: both norms, each with its own weight."""

import numpy as np

from ..check import new_check

made_up_penalty = new_check(__name__)


def _penalty(w, l1, l2, size=np.abs, power=2):
    return l1 * np.sum(size(w)) + l2 * np.sum(size(w) ** power)


made_up_penalty.add_mistakes(
    _penalty,
    {
        "The weights' signs count: take their absolute values.": {"size": np.asarray},
        "The squares are missing from the second term.": {"power": 1},
    },
)


@made_up_penalty.mistake("You averaged over the weights; a penalty is a sum.")
def averaged(w, l1, l2):
    return l1 * np.mean(np.abs(w)) + l2 * np.mean(w**2)


@made_up_penalty.alternative
def by_dot(w, l1, l2):
    return l1 * np.linalg.norm(w, 1) + l2 * (w @ w)


made_up_penalty.alternative(_penalty)
'''


@pytest.fixture
def course(tmp_path):
    """A copy of the course with week 1 alone."""
    without = ("__pycache__", "cache", "results")
    copy_course(tmp_path, "utils", "tests", "data", config.WEEKS[1], without=without)
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(config.ROOT / name, tmp_path)
    return tmp_path


def run(course, *command):
    return subprocess.run(
        command, cwd=course, env=environment(), capture_output=True, text=True, timeout=300
    )


def files(course):
    return {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}


def test_its_parts_are_made_filled_in_and_hold(course):
    done = run(course, *COMMAND, "week1", SIGNATURE)
    assert done.returncode == 0 and f"-k {NAME}" in done.stdout
    pytest_of_it = [sys.executable, "-m", "pytest", "-q", "tests/checks/test_checks.py", "-k", NAME]
    done = run(course, *pytest_of_it)
    assert done.returncode == 1, done.stdout  # a stub is no exercise
    stub = f"def {NAME}(w, l1, l2):"
    solutions = course / config.WEEKS[1] / "solutions.py"
    assert solutions.read_text(encoding="utf-8").index(stub) < solutions.read_text().index("def _")
    head, _, body = solutions.read_text(encoding="utf-8").partition(stub)
    body = body.replace("raise NotImplementedError", REFERENCE)
    solutions.write_text(head + stub + body, encoding="utf-8")
    (course / f"utils/checks/week1/{NAME}.py").write_text(CHECK, encoding="utf-8")
    done = run(course, *pytest_of_it)
    assert done.returncode == 0, done.stdout
    rules = [sys.executable, "-m", "pytest", "-q", "tests/test_notebooks.py", "-k", "week1"]
    done = run(course, *rules)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "week, signature, words",
    [
        ("week1", "expand(X)", "already has an exercise `expand`"),
        ("week1", "made up(w)", 'not "made up(w)"'),
        ("week1", "made_up", "with its parameters"),
        ("week1", "lambda(x)", "Name an exercise like a function"),
        ("week1", "penalty(w, w)", "Name an exercise like a function"),
        ("week9", SIGNATURE, "not 'week9'"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(course, week, signature, words):
    before = files(course)
    done = run(course, *COMMAND, week, signature)
    assert done.returncode == 2 and words in done.stderr
    after = {path: data for path, data in files(course).items() if "__pycache__" not in path.parts}
    assert after == before
