"""What the notebook's check says, grading says too; where it can't, it says why."""

import json

import pytest

from tests.support.grading_room import RIGHT, needs_box, room
from tests.support.helpers import lesson, run_cells
from utils import config
from utils.checks.probes.course_stand_ins import Missing, Nothing, NotInGrading
from utils.grading import __main__
from utils.grading.canaries import notebook
from utils.grading.sample_cohort import submission

IMPORTS = """import numpy as np
from utils import config, course
from utils.config import pick, set_seed
from utils.datasets import fetch_mnist, make_rings
from utils.display import LiveCurves, plot
from utils.training import Batches
exercise, check = course.week(1)"""
FOLDS = """def kfold_indices(n_samples, n_folds, rng):
    folds = np.array_split(rng.permutation(n_samples), n_folds)
    return [(np.concatenate([f for f in folds if f is not fold]), fold) for fold in folds]"""
STEP = "def sgd_step(w, grad, eta):\n    return w - {} * eta * grad"
CALLS_STEP = "def sgd_step(w, grad, eta):\n    return step(w, grad, eta)"
CALLS_LOSS = "def mse_loss(X, y, w):\n    return loss(X, y, w)"
TAGGER = """@exercise
def build_tagger(num_words, num_tags):
    return keras.Sequential([
        keras.Input((None,), dtype="int32"),
        layers.Embedding(num_words, UNITS, mask_zero=True),
        layers.Bidirectional(layers.GRU(UNITS, return_sequences=True)),
        layers.Dense(num_tags),
    ])"""


def is_full(result):
    return result.score == result.points


@needs_box
@pytest.mark.parametrize("profile", config.PROFILES)
def test_an_answer_may_use_the_notebooks_constants(profile, monkeypatch):
    """They come out as the profile says, and make no answer look odd."""
    monkeypatch.setenv("COURSE_PROFILE", profile)
    sizes = {**dict.fromkeys(config.PROFILES, 0), profile: 1}
    constants = (
        f"ONE = pick(**{sizes})\nrng = set_seed(42)\nIS_HERE = config.profile() == '{profile}'"
    )
    answer = FOLDS.replace("folds =", "folds = ONE and IS_HERE and", 1)
    found = room(1).grade(IMPORTS, constants, f"@exercise\n{STEP.format('ONE')}", answer)
    assert is_full(found["sgd_step"]), found["sgd_step"]
    assert is_full(found["kfold_indices"]), found["kfold_indices"]


@needs_box
def test_the_notebook_and_grading_agree(monkeypatch):
    """On an answer that uses a constant, and imports in its body, too."""
    monkeypatch.setenv("COURSE_PROFILE", "tiny")
    cells = (
        "from utils.config import pick\nONE = pick(tiny=1, cpu=2, gpu=3)",
        "@exercise\ndef sgd_step(w, grad, eta):\n    from utils.config import pick as choose\n"
        "    return w - choose(tiny=ONE, cpu=0, gpu=0) * eta * grad",
        "check.sgd_step(sgd_step)",
    )
    assert run_cells(lesson(*cells), COURSE_PROFILE="tiny")[-1].startswith("✓ sgd_step: right")
    assert is_full(room(1).grade(*cells)["sgd_step"])


@needs_box
@pytest.mark.slow
def test_a_network_that_is_as_large_as_the_notebook_says():
    """The whole notebook of week 5, with `UNITS` in an answer."""
    data = json.dumps(submission(5, build_tagger=TAGGER)).encode()
    assert is_full(room(5).grade_bytes(data)["build_tagger"])


@needs_box
def test_a_notebook_without_its_imports_is_lent_the_courses():
    """Those of the course's own modules, too."""
    found = room(1).grade("ONE = pick(tiny=1, cpu=1, gpu=1)", STEP.format("ONE"))
    assert is_full(found["sgd_step"]), found["sgd_step"]


@needs_box
@pytest.mark.parametrize(
    "extra",
    [
        "    plot.curves([w], title='w')",
        "    with LiveCurves() as live:\n        live.figure.axes.plot(w)",
        "    check.sgd_step",
    ],
)
def test_what_only_shows_something_does_nothing(extra):
    head, body = RIGHT.split("\n")
    assert is_full(room(1).grade(IMPORTS, f"{head}\n{extra}\n{body}")["sgd_step"])


@needs_box
@pytest.mark.parametrize(
    ("cell", "name", "function"),
    [
        ("ONE = len(Batches([1], [1], 1))", "ONE", "Batches"),
        ("class Mine(Batches):\n    one = 1", "Mine.one", "Batches"),
    ],
)
def test_an_answer_that_depends_on_training_is_told(cell, name, function):
    """In one sentence, which names what it uses; its neighbour isn't concerned."""
    found = room(1).grade(IMPORTS, cell, STEP.format(name), FOLDS)
    reason = found["sgd_step"].reason
    assert reason.startswith(f"It uses `{name.split('.')[0]}`, but `{function}` belongs to the ")
    assert "as arguments." in reason and "NameError" not in reason
    assert is_full(found["kfold_indices"])


def test_stand_ins():
    """One lets everything pass, the other nothing; neither pretends to be an array."""
    nothing, missing = Nothing(), Missing("fetch_mnist")
    assert nothing.figure.plot(3) is nothing and list(nothing) == []
    assert not hasattr(nothing, "__array__") and not hasattr(missing, "__array__")
    for use in (missing, lambda: missing.part, lambda: list(missing), lambda: missing / "file"):
        with pytest.raises(NotInGrading, match="`fetch_mnist` belongs to the course"):
            use()


@needs_box
@pytest.mark.parametrize(
    "line",
    [
        "from utils.checks import week1 as extra",
        "import utils.grading.judge.verdicts as extra",
        "import utils.config as extra",
        "from utils import checks as extra",
        "from utils.config import os as extra",
        "from utils.config import __loader__ as extra",
    ],
)
def test_no_more_of_the_course_can_be_reached(line):
    """Such an import fails, or gives a stand-in, which is no file of the course's."""
    cell = f"try:\n    {line}\nexcept ImportError:\n    extra = None"
    one = "ONE = 1 - (getattr(extra, '__file__', None) is not None)"
    found = room(1).grade(cell, one, STEP.format("ONE"))["sgd_step"]
    assert is_full(found), found


def test_ones_own_notebook_with_its_constants(tmp_path, capsys):
    """`--self` has what the notebook imports from the course, and names what it can't have."""
    path = tmp_path / "week1_mine.ipynb"
    cells = (
        "import numpy as np\nfrom utils.config import pick\nfrom utils.training import fit",
        "ONE = pick(tiny=1, cpu=1, gpu=1)\npoints = fit(None)",
        "def sgd_step(w, grad, eta):\n    return w - ONE * eta * grad",
        "def expand(X):\n    return points",
    )
    path.write_bytes(notebook(*cells))
    assert __main__.main(["--self", str(path)]) == 1
    said = capsys.readouterr().out
    assert "✓ sgd_step (1 of 1)" in said
    assert "✗ expand (0 of 1)\n    It uses `points`, but `fit` belongs to the course" in said


def _torn(source):
    """Return a notebook's text as git leaves it where two versions of a line differ."""
    text = json.dumps(json.loads(notebook("import numpy as np", source)), indent=1)
    line = next(line for line in text.splitlines() if "sgd_step" in line)
    theirs = line.replace("eta", "rate")
    return text.replace(line, f"<<<<<<< HEAD\n{line}\n=======\n{theirs}\n>>>>>>> theirs")


@needs_box
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_merge_conflict_in_the_file(newline):
    """The markers are named, with the line of the first."""
    text = _torn(RIGHT)
    line = text.splitlines().index("<<<<<<< HEAD") + 1
    room(1).grade_bytes(text.replace("\n", newline).encode())
    said = room(1).result.reason
    assert f"markers of a merge conflict (`<<<<<<<` in line {line}): resolve it" in said
    assert "hand it in again" in said


@needs_box
def test_a_merge_conflict_in_one_cell():
    """It costs what is in the cell, and says where the markers are."""
    torn = RIGHT.replace("    return", "<<<<<<< HEAD\n    return 2\n=======\n    return")
    found = room(1).grade(f"{torn}\n>>>>>>> theirs", FOLDS)
    assert "merge conflict (`<<<<<<<` in code cell 2, line 2)" in found["sgd_step"].reason
    assert is_full(found["kfold_indices"])


CAUSES = {  # cells, and what the reason must hold
    "a module": (["from helpers import step"], "No module named 'helpers'"),
    "a package": (["import mine as step"], "No module named 'mine'"),
    "all names of a module": (["from helpers import *"], "No module named 'helpers'"),
    "a definition": (["step = 1 / 0"], "ZeroDivisionError: division by zero"),
    "a definition that builds on another": (
        ["import mine", "base = mine.base", "def make(f): return f", "step = make(base)"],
        "No module named 'mine' (code cell 2, `import mine`)",
    ),
    "a cell that can't be read": (["def step(:"], "its cell can't be read: invalid syntax"),
    "a conflict in another cell": (["<<<<<<< a\ndef step(): pass"], "markers of a merge conflict"),
}


@needs_box
@pytest.mark.parametrize("case", CAUSES)
def test_the_cause_of_a_missing_name_is_named(case):
    """With the cell that failed, for the learner and for the instructor."""
    cells, words = CAUSES[case]
    found = room(1).grade(*cells, CALLS_STEP)["sgd_step"]
    assert "`step` isn't defined" in found.reason or "because this cell failed" in found.reason
    assert words in found.reason and words in found.details, found


@needs_box
def test_a_cause_that_several_share_is_named_for_each():
    """The cell is executed for the first of them alone."""
    cell = "from helpers import step, loss"
    found = room(1).grade(cell, CALLS_STEP, CALLS_LOSS)
    for name, missing in (("sgd_step", "step"), ("mse_loss", "loss")):
        words = (
            f"`{missing}` isn't defined, because this cell failed: ModuleNotFoundError: No module"
        )
        assert words in found[name].reason, found[name]


@needs_box
def test_a_change_that_failed_is_named():
    """The name is there, but not what should have been put into it."""
    cells = ("ROWS = []\nROWS.append(1 / 0)", STEP.format("ROWS[0]"))
    reason = room(1).grade(*cells)["sgd_step"].reason
    assert "A cell that it uses failed: ZeroDivisionError: division by zero" in reason


@needs_box
@pytest.mark.parametrize("message", ["", "\\n", "\\0 expected 3.5"])
@pytest.mark.parametrize("name", ["NotInGrading", "ModuleNotFoundError", "NameError"])
def test_an_error_of_the_learners_own(name, message):
    """Whatever it is called and says, the result is a reason and no failure of the grader's."""
    cell = f"class {name}(Exception): pass\n\ndef fail(): raise {name}('{message}')\nstep = fail()"
    found = room(1).grade(cell, CALLS_STEP)["sgd_step"]
    assert (found.status, found.score) == ("graded", 0)
    assert "step" in found.reason and "3.5" not in found.reason


@needs_box
def test_a_right_answer_is_told_nothing():
    """Though a cell failed that it depends on."""
    found = room(1).grade("try:\n    import mine\nfinally:\n    pass", f"mine = 1\n{RIGHT}")
    assert is_full(found["sgd_step"]) and not found["sgd_step"].reason


def _with_text(kind, text, *sources):
    """Return a notebook with these code cells and one cell of another kind."""
    made = json.loads(notebook("import numpy as np", *sources))
    made["cells"].append({"cell_type": kind, "id": "text", "metadata": {}, "source": text})
    return json.dumps(made).encode()


@needs_box
@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_in_a_text_cell_is_told(kind):
    """With what to do about it; also where only its helper got there."""
    found = room(1).grade_bytes(_with_text(kind, RIGHT.splitlines(keepends=True), FOLDS))
    words = "`sgd_step` stands in a text cell: change the cell's type to code."
    assert found["sgd_step"].reason == words
    assert is_full(found["kfold_indices"])
    found = room(1).grade_bytes(_with_text(kind, "def step(w, g, e): pass", CALLS_STEP))
    assert "`step` isn't defined: it stands in a text cell" in found["sgd_step"].reason


@needs_box
def test_a_template_beside_an_answer_in_a_text_cell():
    """It stays unattempted, and says where the answer is; a text that isn't text costs nothing."""
    template = "def sgd_step(w, grad, eta):\n    raise NotImplementedError"
    found = room(1).grade_bytes(_with_text("markdown", RIGHT, template, FOLDS))["sgd_step"]
    assert "A version of it stands in a text cell" in found.notes[0]
    found = room(1).grade_bytes(_with_text("markdown", 3, RIGHT))["sgd_step"]
    assert is_full(found) and not found.notes
