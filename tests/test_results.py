"""The tables that people read say what was measured."""

import pytest

from tests.benchmarks import figures
from tests.benchmarks.figures import Figure
from utils import config


@pytest.mark.parametrize("page", figures.PAGES, ids=lambda page: page.name)
def test_tables_are_those_of_the_json_files(page):
    text = page.read_text(encoding="utf-8")
    assert figures.MARKED.sub(figures._filled, text) == text, "run `make report`"


def test_the_readme_says_how_long_the_first_check_takes():
    found, _ = figures.load("first_check")
    words = " ".join((config.ROOT / "README.md").read_text(encoding="utf-8").split())
    warm, cold, by_pip = (f"{figure.mean:.0f} s" for figure in found)
    said = f"{warm} with what uv has kept, {cold} with an empty cache, and {by_pip} with pip"
    assert said in words


@pytest.mark.parametrize(
    ("values", "goal", "holds"),
    [
        ([0.8, 0.9], "≥ 0.85", True),
        ([0.8, 0.89], "≥ 0.85", False),
        ([90], "< 90", False),
        ([90], "≤ 90", True),
        ([2.3496], "2.349 ± 0.002", True),
        ([2.352], "2.349 ± 0.002", False),
        ([1], "", None),
    ],
)
def test_a_mean_is_held_against_its_goal(values, goal, holds):
    assert Figure("it", values, goal).holds is holds
