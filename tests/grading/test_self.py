"""One's own notebooks: `--self`, its exit status and its JSON, and what a fork does with it."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.support.changed_course import Course
from tests.support.closed import closed, obeying
from tests.support.helpers import environment
from utils import config
from utils.grading import __main__
from utils.grading.canaries import notebook
from utils.grading.judge.verdicts import checks_of, max_score
from utils.grading.reports import summary
from utils.grading.sample_cohort import solution_source, submission

WORKFLOWS = config.ROOT / ".github" / "workflows"
RIGHT = solution_source(1, "expand")
WRONG = "def sgd_step(w, grad, eta):\n    return w + eta * grad"
OPEN = "def huber_loss(residuals, delta):\n    print('debug')\n    raise NotImplementedError"


def grade(*arguments):
    """Run the command in this process; return its exit status."""
    return __main__.main([str(argument) for argument in arguments])


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def states(results):
    """Return {exercise: its state} of a results.json."""
    return {test["name"]: test["extra_data"]["state"] for test in results["tests"]}


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A notebook with a right answer, a wrong one, and one that is still open."""
    path = tmp_path_factory.mktemp("self") / "week1_mine.ipynb"
    path.write_bytes(notebook("import numpy as np", RIGHT, WRONG, OPEN))
    return path


def test_ones_own_notebook(begun, tmp_path, capsys):
    """The same marks on one's own machine; 1 for "not yet", and the shape of Gradescope's JSON."""
    file = tmp_path / "results.json"
    assert grade("--self", begun, "--json", file) == 1
    said = capsys.readouterr().out
    assert "✓ expand (1 of 1)" in said and "✗ sgd_step (0 of 1)" in said
    assert "✗ huber_loss not attempted" in said and f"1 of {max_score(1)} points" in said
    results = read(file)
    assert results["score"] == 1 and "gradable" not in results
    assert sum(test["max_score"] for test in results["tests"]) == max_score(1)
    found = states(results)
    assert list(found) == list(checks_of(1))
    assert found["expand"] == "right" and found["sgd_step"] == "wrong"
    assert found["huber_loss"] == "not attempted" and found["adam_step"] == "not found"
    assert [path.name for path in tmp_path.iterdir()] == ["results.json"]


def test_several_notebooks_have_one_total(tmp_path, capsys):
    """All right alone is a 0; with one that can't be read it is a 1, which the JSON says too."""
    perfect, broken = tmp_path / "week1_linear_models.ipynb", tmp_path / "week1_again.ipynb"
    perfect.write_text(json.dumps(submission(1)), encoding="utf-8")
    broken.write_text("{", encoding="utf-8")
    file = tmp_path / "results.json"
    assert grade("--self", perfect) == 0
    assert grade("--self", broken, "--json", file) == 1
    alone = read(file)
    assert alone["gradable"] is False and alone["score"] == 0 and alone["format_errors"][0]
    capsys.readouterr()
    assert grade("--self", perfect, broken, "--json", file) == 1
    said = capsys.readouterr().out
    total = f"{max_score(1)} of {2 * max_score(1)} points"
    assert f"{perfect}\n✓" in said and said.endswith(f"All together: {total}\n")
    results = read(file)
    assert results["gradable"] is False and results["format_errors"] == alone["format_errors"]
    assert results["score"] == max_score(1) and f"{broken.name}: not gradable" in results["output"]
    assert results["tests"][0]["name"] == f"week 1: {[*checks_of(1)][0]}"
    text, is_right = summary.summary(results)
    assert total in text and not is_right


FAULTS = {
    "no notebook": (["--self", "none.ipynb"], "There is no notebook"),
    "no week": (["--self", "mine.ipynb"], "week1 --self"),
    "one of two": (["--self", "week1_a.ipynb", "none.ipynb"], "There is no notebook"),
    "a folder": (["--self", "week1_a.ipynb", "--json", "shut"], "isn't one"),
    "no folder": (["--self", "week1_a.ipynb", "--json", "none/a.json"], "there is no folder"),
    "a closed one": (["--self", "week1_a.ipynb", "--json", "shut/a.json"], "you have no perm"),
}


@obeying
@pytest.mark.parametrize("kind", FAULTS)
def test_an_error_is_one_sentence_before_anything_is_graded(kind, tmp_path, monkeypatch, capsys):
    arguments, words = FAULTS[kind]
    monkeypatch.chdir(tmp_path)
    for name in ("mine.ipynb", "week1_a.ipynb"):
        Path(name).write_bytes(notebook(RIGHT))
    Path("shut").mkdir()
    with closed(tmp_path / "shut"):
        assert grade(*arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and said.err.count("\n") == 1 and not said.out
    assert {path.name for path in Path().rglob("*")} == {"mine.ipynb", "week1_a.ipynb", "shut"}


def test_a_failure_of_the_grader_is_no_mark(begun, tmp_path, monkeypatch, capsys):
    """It is a 2, not a "not yet": here no kernel finds a place for its files."""
    file = tmp_path / "results.json"
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert grade("--self", begun, "--json", file) == 2
    assert "The grader failed on it" in capsys.readouterr().out
    assert read(file)["gradable"] is False


# --- the summary


def results_of(*tests, **more):
    return {"score": 0, "output": "", "tests": [*tests], **more}


def one(state, said="", status="failed", name="expand"):
    shape = {"name": name, "score": 0.0, "max_score": 1.0, "output": f"{state}: {said}"}
    return {**shape, "extra_data": {"state": state}, **({"status": status} if status else {})}


@pytest.mark.parametrize(
    ("tests", "is_right"),
    [
        ([one("right", status="passed"), one("not attempted"), one("not found")], True),
        ([one("held for a person to look at", status=None)], True),
        ([one("right", status="passed"), one("wrong")], False),
        ([one("not gradable", "line 3 can't be read")], False),
        ([], True),
    ],
)
def test_what_is_not_begun_is_no_failure(tests, is_right):
    text, found = summary.summary(results_of(*tests))
    assert found is is_right
    assert ("Not begun: expand, expand." in text) == (len(tests) == 3)


def test_a_week_that_is_not_begun_is_named_in_short():
    names = {"week 1: expand": "right", "week 1: sgd_step": "not attempted"}
    names |= {"week 2: build_mlp": "not attempted", "week 2: tf_mse": "not found"}
    text, _ = summary.summary(results_of(*(one(state, name=name) for name, state in names.items())))
    assert r"Not begun: week 1: sgd\_step; week 2." in text


HOSTILE = "</td>|a|b| <script>x</script> **b** _i_ `c` [l](http://a.b) ![p](x)\n# h\n---\n"
HOSTILE += "\\\\| &lt; ~~s~~ $x$"


def test_the_summary_shows_what_was_said_and_nothing_more():
    """Whatever an error message holds: rendered as GitHub's Markdown, it is text in its cell."""
    tests = [one("wrong", HOSTILE, name="a|b"), one("not attempted", name="<b>")]
    text, _ = summary.summary(results_of(*tests, output=HOSTILE))
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = [token.type for token in tokens if token.nesting == 1]
    assert kinds.count("table_open") == 1 and kinds.count("tr_open") == 2
    assert kinds.count("td_open") == 4 and kinds.count("heading_open") == 1
    inline = [child for token in tokens for child in token.children or ()]
    allowed = {"text", "text_special", "softbreak", "html_inline"}
    assert {each.type for each in inline} <= allowed
    assert {each.content for each in inline if each.type == "html_inline"} == {"<br>"}
    shown = "".join("\n" if each.type == "html_inline" else each.content for each in inline)
    assert shown.count(HOSTILE) == 2 and "a|b" in shown and "<b>" in shown


@pytest.mark.parametrize("text", [None, "{", "[]", '{"score": 1, "tests": [{}], "output": ""}'])
def test_a_file_without_results_is_one_sentence(text, tmp_path, capsys):
    file = tmp_path / "results.json"
    if text:
        file.write_text(text)
    assert summary.main([str(file)]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and str(file) in said.err and not said.out


# --- the workflow


@pytest.mark.slow
def test_a_fork_is_green_as_it_was_forked(tmp_path, capsys):
    """No exercise of any week counts as begun there."""
    paths = [config.notebook_path(week) for week in config.available_weeks()]
    assert grade("--self", *paths, "--json", tmp_path / "results.json") == 1
    assert set(states(read(tmp_path / "results.json")).values()) == {"not attempted"}
    assert summary.main([str(tmp_path / "results.json")]) == 0
    weeks = "; ".join(f"week {week}" for week in config.available_weeks())
    assert f"Not begun: {weeks}." in capsys.readouterr().out


def workflow(name):
    return yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))


def actions(job):
    return {step["uses"] for step in job["steps"] if "uses" in step}


def test_the_workflow_runs_in_forks_alone_and_may_only_read():
    """With the same actions as the course's own, which doesn't run where learners push."""
    ours, grading = workflow("test.yml"), workflow("grade.yml")
    job = grading["jobs"]["grade"]
    assert job["if"] == "github.event.repository.fork"
    assert grading["permissions"] == {"contents": "read"}
    assert set(grading[True]) == {"push", "workflow_dispatch"}  # YAML reads `on` as True
    assert actions(job) <= set().union(*map(actions, ours["jobs"].values()))
    for each in ours["jobs"].values():
        assert "!github.event.repository.fork" in each["if"]


def run_steps(course, path):
    """Run the workflow's commands as GitHub does, up to the first that fails.

    Returns (the exit status of the last one that ran, the summary).
    """
    job = workflow("grade.yml")["jobs"]["grade"]
    shown = path / "summary.md"
    env = environment(**job["env"], GITHUB_STEP_SUMMARY=str(shown), PYTHONPATH=str(course.folder))
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    status = 0
    for step in job["steps"]:
        if "run" in step and not status:
            command = ["bash", "--noprofile", "--norc", "-e", "-c", step["run"]]
            about = {"cwd": course.folder, "env": env, "capture_output": True, "text": True}
            done = subprocess.run(command, **about)
            status = done.returncode
            assert status < 2, done.stderr
    return status, shown.read_text(encoding="utf-8")


def test_every_step_of_the_workflow_runs_in_a_fork(begun, tmp_path):
    """In one of week 1 alone: red, as an answer that was begun is wrong."""
    course = Course(tmp_path / "fork")
    shutil.copy(config.ROOT / "requirements.lock", course.folder)
    mine = course.folder / config.notebook_path(1).relative_to(config.ROOT)
    shutil.copy(begun, mine)
    status, shown = run_steps(course, tmp_path)
    assert status == 1 and f"### 1 of {max_score(1)} points" in shown
    assert "| ✓ | expand | 1 of 1 |" in shown and "| ✗ | sgd\\_step | 0 of 1 | wrong" in shown
