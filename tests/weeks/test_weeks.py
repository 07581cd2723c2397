"""Every notebook under nbval, as a learner has it; `make notebooks` has the solutions run."""

import re

import pytest

from tests.support.helpers import run_nbval
from utils import config, notebooks

pytestmark = pytest.mark.parametrize("week", config.available_weeks())
CELL_TIMEOUT = "--nbval-cell-timeout=300"


def num_code_cells(week):
    return sum(cell.cell_type == "code" for cell in notebooks.read(week).cells)


def first_exercise(week):
    """Return the first exercise's name and the number of its check among the code cells."""
    code = [cell.source for cell in notebooks.read(week).cells if cell.cell_type == "code"]
    number = next(i for i, source in enumerate(code) if source.startswith("check."))
    return re.match(r"check\.(\w+)", code[number])[1], number


def test_without_solutions_it_stops_at_the_first_exercise_with_one_line(week):
    done = run_nbval(config.notebook_path(week), CELL_TIMEOUT, COURSE_PROFILE="tiny")
    name, number = first_exercise(week)
    left = num_code_cells(week) - number - 1
    assert f"1 failed, {number} passed, {left} skipped" in done.stdout
    assert f"check.{name}({name})" in done.stdout
    traceback = done.stdout.split("Traceback:")[1].split("====")[0].strip()
    assert len(traceback.splitlines()) == 1
    assert traceback.startswith(f"✎ `{name}` waits for your code")
