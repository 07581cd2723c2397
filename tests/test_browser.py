"""The course in JupyterLab, in a real browser, as a learner uses it. Pictures: build/screens."""

import subprocess

import pytest

from tests.support import lab
from tests.support.answers import FOLDER, read_answers
from utils import config
from utils.checks.exercise import exercise_names
from utils.grading.sample_cohort import helpers_source, solution_source

pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(lab.find_browser() is None, reason="needs Chromium"),
    pytest.mark.skipif(not (config.ROOT / ".venv" / ".ready").exists(), reason="needs make lab"),
]
MOVES = 1.5  # seconds in which an animation shows another frame
LONG = 900  # seconds that a whole week may take in tiny; a busy machine needs several times 150


@pytest.fixture(scope="module")
def window():
    """An empty page of a browser."""
    with lab.chromium() as browser:
        yield browser.new_page()


def clone(folder):
    """Return a copy of what is committed, which the learner may change."""
    subprocess.run(["git", "clone", "-q", str(config.ROOT), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def learners(tmp_path_factory):
    """The address of a JupyterLab for learners, in the profile tiny."""
    with lab.serve(clone(tmp_path_factory.mktemp("lab") / "c"), COURSE_PROFILE="tiny") as address:
        yield address


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """The same, with the reference solutions."""
    settings = {"COURSE_PROFILE": "tiny", "COURSE_SOLUTIONS": "1"}
    with lab.serve(clone(tmp_path_factory.mktemp("solved") / "c"), **settings) as address:
        yield address


def right_answer(week, name):
    """Return the reference as a learner would write it, with what it needs."""
    return f"{helpers_source(week)}\n\n{solution_source(week, name)}"


def first_exercise(week):
    """Return the name of a week's first exercise, a wrong answer, and what it must be told."""
    name = exercise_names(week)[0]
    for answer in read_answers(FOLDER / f"week{week}.py"):
        if (answer.name, answer.kind) == (name, "wrong"):
            sentence = answer.check.examine(answer.item(), 0).mistake
            if sentence in {mistake.explanation for mistake in answer.check.mistakes}:
                return name, f"{answer.start}\n{answer.code}", sentence
    raise AssertionError(f"No wrong answer to {name} gets a catalogued sentence.")


def squeeze(text):
    """Return a text without line breaks, which the window puts anywhere."""
    return " ".join(text.split())


@pytest.mark.parametrize("week", config.available_weeks())
def test_a_learner_meets_a_friendly_line_then_an_answer(window, learners, week):
    notebook = lab.Notebook(window, learners, week)
    name, wrong, sentence = first_exercise(week)
    exercise, check = (f"{kind}-{name.replace('_', '-').lower()}" for kind in ("exercise", "check"))
    notebook.screenshot("opened")
    notebook.run_all(120)
    assert notebook.errors() == [check], "it stops at the first exercise, and nowhere else"
    assert notebook.shown(check).startswith(f"✎ `{name}` waits for your code")
    assert "Traceback" not in notebook.shown(check)
    notebook.select(exercise)
    notebook.screenshot("unsolved")

    notebook.type(exercise, wrong)
    notebook.run(check)
    assert squeeze(sentence) in squeeze(notebook.shown(check))
    notebook.screenshot("mistake")

    notebook.type(exercise, right_answer(week, name))
    notebook.run(check)
    assert notebook.shown(check).startswith(f"✓ {name}: right")
    notebook.screenshot("right")

    notebook.save()
    again = lab.Notebook(window, learners, week, lab.NARROW)
    again.select(exercise)
    assert again.shown(check).startswith(f"✓ {name}: right")
    again.screenshot("reopened-narrow")


@pytest.mark.long
@pytest.mark.parametrize("week", config.available_weeks())
def test_a_whole_week_with_solutions(window, solved, week):
    notebook = lab.Notebook(window, solved, week)
    window.evaluate(lab.WATCH)
    notebook.run_all(LONG)
    seen = window.evaluate("() => ({blinks: seen.blinks, bars: [...seen.texts]})")
    assert notebook.errors() == []
    assert seen["blinks"] == [], "a picture went away while another was drawn"
    outputs = notebook.outputs()
    noise = [name for name, rows in outputs.items() if any(r.get("name") == "stderr" for r in rows)]
    assert noise == []
    if any("LiveCurves(" in source for source in notebook.sources()):
        assert any("epoch" in bar for bar in seen["bars"]), "no progress bar was seen"
    for cell_id, mime in notebook.pictures():
        notebook.select(cell_id)
        assert notebook.is_drawn(cell_id)
        notebook.screenshot(f"solved-{cell_id}")
        if mime == "image/gif":
            assert notebook.moves(cell_id, MOVES), f"the animation of {cell_id} stands still"
    notebook.save()
