"""The copy for learners: its checks answer as the course's do, and no answer's code is in it."""

import ast
import json
import re
import subprocess
import sys
import zipfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from tests.support.answers import FOLDER, read_answers
from tests.support.given_away import given_away, lines_given_away, texts_of
from tests.support.helpers import cell_text, environment, run_cells
from utils import config
from utils.checks.exercise import exercise_names
from utils.grading.judge.verdicts import max_score
from utils.student import __main__ as student
from utils.student.contents import copy_course

SAY = """
import importlib, json, linecache, sys
from utils.display import quiet
quiet.hush()
about = json.load(sys.stdin)
module = importlib.import_module(f"utils.checks.week{about['week']}")
for name, *codes in about["answers"]:
    space = {"__name__": "answers"}
    for number, code in enumerate(codes):
        file = f"<{name}, part {number}>"
        linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
        exec(compile(code, file, "exec"), space)
    found = getattr(module, name).examine(space[name], about["seed"])
    print(json.dumps([name, found.ok, found.text, found.mistake]))
"""


def make_copy(folder, *options):
    """Run the command; return the copy's folder."""
    command = [sys.executable, "-m", "utils.student", str(folder), *options]
    done = subprocess.run(command, cwd=config.ROOT, env=environment(), capture_output=True,
                          text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no reference solutions" in done.stdout
    return folder


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of week 1, as a learner gets it."""
    return make_copy(tmp_path_factory.mktemp("copy") / "week 1", "--weeks", "1", "--inputs", "2")


@pytest.fixture(scope="module")
def keras_copy(tmp_path_factory):
    """A copy of week 2."""
    return make_copy(tmp_path_factory.mktemp("copy") / "week 2", "--weeks", "2", "--inputs", "1")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """All weeks, without the evidence of their checks."""
    folder = tmp_path_factory.mktemp("whole")
    copy_course(folder, config.available_weeks(), 8)
    return folder


def python(folder, *arguments, text="", **changes):
    """Run Python in a copy, or in the course; return the CompletedProcess."""
    env = environment(COURSE_PROFILE="tiny", PYTHONPATH="", PYTHONDONTWRITEBYTECODE="1", **changes)
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=env, input=text,
                          capture_output=True, text=True)  # fmt: skip


# --- no answer is in it


def test_no_code_of_an_answer_is_in_the_copy(whole):
    assert not given_away(whole)


def test_no_line_of_an_answer_is_in_the_copy(whole):
    assert not lines_given_away(whole)


def test_nor_in_what_the_checks_know(copy):
    assert not given_away(copy / "utils" / "checks" / "week1")
    assert not lines_given_away(copy / "utils" / "checks" / "week1")


def test_the_search_finds_an_answer_under_any_name(tmp_path):
    """In a module, a notebook, a text, a string of the evidence; renamed and laid out anew."""
    answer = (  # a right `closed_form` of week 1
        "def f(a, b, c):\n    # so\n    d = (c * len(a)\n  * np.eye(a.shape[1]))\n"
        "    return np.linalg.solve(a.T @ a + d, a.T @ b)\n"
    )
    (tmp_path / "module.py").write_text(answer)
    (tmp_path / "page.md").write_text(f"As so:\n\n```python\n{answer}```\n")
    cells = [new_code_cell(answer)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebook.ipynb")
    with zipfile.ZipFile(tmp_path / "kept.zip", "w") as file:
        file.writestr("week.json", json.dumps({"said": [answer]}))
    names = {"module.py", "page.md", "notebook.ipynb", "kept.zip"}
    assert set(given_away(tmp_path)) == names


def test_the_search_finds_every_reference(tmp_path):
    """Each file of the course that holds answers is found, so that none would be overlooked."""
    for week in config.available_weeks():
        source = config.solutions_path(week).read_text(encoding="utf-8")
        (tmp_path / f"page{week}.md").write_text(f"```python\n{source}\n```\n", encoding="utf-8")
    assert len(given_away(tmp_path)) == len(lines_given_away(tmp_path)) == len(config.WEEKS)


def test_nothing_of_git_nothing_compiled_no_output(whole):
    paths = [path.relative_to(whole) for path in whole.rglob("*")]
    parts = {part for path in paths for part in path.parts}
    assert not parts & {"solutions.py", "tests", ".git", "__pycache__", ".venv", "build", "student"}
    assert {path.suffix for path in paths if (whole / path).is_file()} <= {
        ".py", ".ipynb", ".md", ".json", ".toml", ".txt", ".png", ".npz", ".lock", ".yml", ""
    }  # fmt: skip
    for path in whole.glob("week*/*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        assert not any(cell.get("outputs") for cell in cells)
        stubs = [cell for cell in cells if cell.id.startswith("exercise-")]
        assert stubs and all("raise NotImplementedError" in cell.source for cell in stubs)


# --- it is whole


def test_every_import_of_the_course_is_there(whole):
    """But for the command that grades a class, which says that it needs the whole course."""
    missing = set()
    for path in (whole / "utils").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                if not (base.is_dir() or base.with_suffix(".py").is_file()):
                    missing.add((path.relative_to(whole).as_posix(), node.module))
    assert missing == {
        ("utils/grading/__main__.py", "command"),
        ("utils/notebooks.py", "checks.new_exercise"),
    }


def test_its_texts_speak_of_what_it_has(whole):
    readme = texts_of(whole / "README.md")
    makefile = texts_of(whole / "Makefile")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert targets == {"help", "lab", "strip", "slug", "clean"}
    assert set(re.findall(r"`make ([a-z-]+)", readme)) <= targets
    assert "make lab" in readme and "fresh inputs" not in readme
    assert "one of 8 sets of inputs" in readme and "no reference solutions" in readme
    for link in re.findall(r"\]\(([^)\s:#]+)\)", readme):
        assert (whole / link).exists(), link
    for module in re.findall(r"python -m utils\.([a-z.]+)", readme):
        place = whole / "utils" / module.replace(".", "/")
        assert place.with_suffix(".py").is_file() or (place / "__main__.py").is_file(), module
    for word in ("solutions.py", "COURSE_SOLUTIONS", "nbval", "pytest", "tests/", "**Grade"):
        assert word not in readme
    errors = texts_of(whole / "utils" / "README.md")
    assert "`Unsolved`" in errors
    assert not [word for word in ("make bench", "COURSE_SOLUTIONS") if word in errors]
    for link in re.findall(r"\]\(([^)\s:#]+)\)", errors):
        assert (whole / "utils" / link).exists(), link
    assert not re.search(r"^ *if:", texts_of(whole / ".github/workflows/grade.yml"), re.MULTILINE)


def test_its_setup_cell_and_badges_never_lead_to_the_whole_course(whole, tmp_path, monkeypatch):
    from utils import notebooks

    setup = notebooks.SETUP_FILE.read_text(encoding="utf-8")
    text = setup.replace(notebooks.slug()[0], "someone/with-answers")
    monkeypatch.setattr(notebooks, "slug", lambda: ("someone/with-answers", "main"))
    monkeypatch.setattr(notebooks, "setup_text", lambda: text)
    from utils.student.contents import leading_nowhere

    assert "with-answers" in text and "with-answers" not in leading_nowhere(text)
    badge = notebooks.badge_link(1)
    assert "with-answers" in badge and "with-answers" not in leading_nowhere(badge)


# --- where it may be written


@pytest.mark.parametrize(
    "place, words",
    [
        ("", "Name a new folder"),
        (str(config.ROOT / "build" / "copy"), "is in the course, or around it"),
        (str(config.ROOT.parent), "is in the course, or around it"),
        ("full", "is there already"),
        ("file", "is there already"),
        ("none/copy", "There is no folder"),
    ],
)
def test_a_place_that_wont_do_is_said_in_one_line(place, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("COURSE_PROFILE", "")
    monkeypatch.setenv("COURSE_SOLUTIONS", "")
    assert student.main([place]) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full"]


def test_an_answer_in_a_notebook_of_the_course_stops_it_and_nothing_is_left(
    tmp_path, monkeypatch, capsys
):
    from utils import notebooks

    def solved(week):
        notebook = read(week)
        cell = next(cell for cell in notebook.cells if cell.id.startswith("exercise-"))
        cell.source = cell.source.replace("raise NotImplementedError", "return X")
        return notebook

    read = notebooks.read
    monkeypatch.setattr(notebooks, "read", solved)
    monkeypatch.setenv("COURSE_PROFILE", "")
    monkeypatch.setenv("COURSE_SOLUTIONS", "")
    assert student.main([str(tmp_path / "copy"), "--weeks", "1"]) == 2
    assert "a cell holds an answer" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


# --- a learner works in it


def answers_of(week, kind):
    return [each for each in read_answers(FOLDER / f"week{week}.py") if each.kind == kind]


def solved_notebook(folder, week):
    """Return the copy's notebook with right answers; the first exercise is left open, then solved
    wrong, before it is right."""
    path = folder / config.notebook_path(week).relative_to(config.ROOT)
    notebook = nbformat.read(path, as_version=4)
    right = {each.name: each for each in reversed(answers_of(week, "right"))}
    wrong = {each.name: each for each in reversed(answers_of(week, "wrong"))}
    cells = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        found = re.fullmatch(r"check\.(\w+)\(\w+\)", cell.source)
        if not found:
            cells.append(cell)
            continue
        stub, name = cells.pop(), found[1]
        tries = [stub.source, with_start(wrong[name])] if "tried" not in notebook.metadata else []
        notebook.metadata["tried"] = True
        for source in [*tries, with_start(right[name])]:
            cells += [new_code_cell(source), new_code_cell(cell.source)]
    notebook.cells = cells
    return notebook


def with_start(answer):
    return f"{answer.start}\n\n{answer.code}"


def work_through(folder, week, tmp_path):
    """Run the whole notebook; the first checks find nothing, a mistake, and then all is right."""
    notebook = solved_notebook(folder, week)
    place = (folder / config.notebook_path(week).relative_to(config.ROOT)).parent
    run_cells(notebook, place, COURSE_PROFILE="tiny", COURSE_PROGRESS=str(tmp_path / "p.json"),
              PYTHONPATH="")  # fmt: skip
    checks = [cell_text(cell) for cell in notebook.cells if cell.source.startswith("check.")]
    assert "waits for your code" in checks[0]
    assert "isn't right yet" in checks[1]
    assert [text[:1] for text in checks[2:]] == ["✓"] * len(checks[2:])
    errors = [cell for cell in notebook.cells
              if any(output.output_type == "error" for output in cell.outputs)]  # fmt: skip
    assert len(errors) == 2, [cell_text(cell) for cell in errors[2:]]
    return len(checks) - 2


def verdicts(folder, week, answers, seed):
    """Return what the checks there say of answers on a seed, a list."""
    others = "\n\n".join(with_start(each) for each in reversed(answers_of(week, "right")))
    rows = [[each.name, others, each.start, each.code] for each in answers]
    text = json.dumps({"week": week, "seed": seed, "answers": rows})
    done = python(folder, "-c", SAY, text=text)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]


def seed_of(folder, week):
    with zipfile.ZipFile(folder / "utils" / "checks" / f"week{week}" / "kept.zip") as file:
        return json.loads(file.read("week.json"))["seeds"][0]


def same_verdicts(folder, week, answers):
    """Compare with those of the whole course, on the same inputs: every word is the same."""
    seed = seed_of(folder, week)
    ours, theirs = (verdicts(place, week, answers, seed) for place in (folder, config.ROOT))
    assert len(ours) == len(theirs) == len(answers)
    assert not [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]


def test_a_learner_works_through_week_1(copy, tmp_path):
    assert work_through(copy, 1, tmp_path) == len(exercise_names(1))


def test_answers_get_the_verdicts_of_the_whole_course(copy):
    same_verdicts(copy, 1, answers_of(1, "wrong")[::3] + answers_of(1, "right"))


def test_a_whole_notebook_is_marked(copy, tmp_path):
    notebook = solved_notebook(copy, 1)
    nbformat.write(notebook, tmp_path / "week1.ipynb")
    done = python(copy, "-m", "utils.grading", "--self", str(tmp_path / "week1.ipynb"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{max_score(1)} of {max_score(1)} points" in done.stdout


@pytest.mark.parametrize(
    "code, words",
    [
        ("from utils import course; course.setup()", "COURSE_SOLUTIONS=1 needs the reference"),
        ("from utils.grading.__main__ import main; raise SystemExit(main('1 x --out y'.split()))",
         "Grading a class needs the reference solutions"),
        ("import numpy as np; np.random.default_rng = lambda seed: np.random.Generator("
         "np.random.MT19937(seed)); import utils.checks.week1", "draws other numbers than NumPy"),
    ],
    ids=["setting", "class", "NumPy"],
)  # fmt: skip
def test_what_it_cannot_do_is_said_in_one_sentence(copy, code, words):
    is_setting = "setup()" in code
    done = python(copy, "-c", code, COURSE_SOLUTIONS="1" if is_setting else "")
    assert done.returncode != 0 and words in done.stderr.strip().splitlines()[-1]


@pytest.mark.slow
def test_a_learner_works_through_a_keras_week(keras_copy, tmp_path):
    assert work_through(keras_copy, 2, tmp_path) == 17


@pytest.mark.slow
def test_answers_to_a_keras_week_get_the_verdicts_of_the_whole_course(keras_copy):
    same_verdicts(keras_copy, 2, answers_of(2, "wrong")[::4] + answers_of(2, "right")[::2])
