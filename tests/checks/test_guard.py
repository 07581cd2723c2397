"""The guard of names in real kernels: the course's come back, the learner's are theirs."""

import dis
import json
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from tests.support.helpers import build_notebook, copy_course, environment, run_cells
from utils import config, notebooks
from utils.checks.course_names import needs_of

SETUP = notebooks.setup_text()


def sources(week):
    """Return the sources of a week's code cells by their ids."""
    return {cell.id: cell.source for cell in notebooks.read(week).cells if "outputs" in cell}


def run(week, *cells):
    """Run cells after a week's set-up and import cells; return what each shows."""
    start = SETUP, sources(week)["imports"]
    texts = run_cells(build_notebook(*start, *cells), config.notebook_path(week).parent)
    assert "Error" not in texts[1]
    return texts[2:]


def put_back(*names):
    """Return the start of the sentence that says that names were put back."""
    *most, last = [f"`{name}`" for name in names]
    names = f"{', '.join(most)} and {last}" if most else last
    return f"⚠ This cell gave {names} a new meaning, but the course needs"


def test_what_learners_import_or_define_is_theirs():
    """Of packages, of the course's own modules, and under names of the course's helpers."""
    cells = {
        "from keras import layers, models, utils as tools": "",
        "models = {}\nmodels['a'] = 1\nprint(models)": "{'a': 1}\n",
        "tools = 3": "",
        "import pandas_of_mine": None,
        "import json, scipy.stats as stats\nfrom sklearn import datasets": "",
        "json = stats = datasets = []": "",
        "from utils.display import LiveLoop as Bar, console": "",
        "data = x_train = Bar(3, 'x')": None,
        "data = x_train = None": "",
        "Bar = console = 4": "",
        "def show(): pass\nshow = 5": "",
        "from contextlib import nullcontext\nwith nullcontext(3) as models: pass": "",
        "for datasets in range(3): pass": "",
        "del models, Bar, json": "",
        "rng = SEED = EPOCHS = 1": "",
        "from tensorflow.keras import layers, ops": "",
        "from keras import ops\nimport numpy, time": "",
        "input = id = 3": "",
        "print(console, stats, rng, input)": "4 [] 1 3\n",
    }
    for (cell, expected), said in zip(cells.items(), run(5, *cells)):
        assert "⚠" not in said, cell
        assert expected is None or said == expected, cell


def test_what_the_course_needs_is_put_back_however_it_was_taken():
    cells = {
        "layers = 3": put_back("layers"),
        "np = ops": put_back("np"),
        "from matplotlib.pyplot import *": put_back("plot"),
        "for plot in range(3):\n    time = plot": put_back("plot", "time"),
        "def fit(): pass": put_back("fit"),
        "class LiveCurves: pass": put_back("LiveCurves"),
        "import math as keras": put_back("keras"),
        "from contextlib import nullcontext\nwith nullcontext(3) as pick: pass": put_back("pick"),
        "check = exercise = course = 1": put_back("check", "course", "exercise"),
        "plt = 1\nraise ValueError": put_back("plt"),
        "del plot": "⚠ This cell deleted `plot`, but the course needs it as before, so it was put",
        "%reset -f": "⚠ This cell deleted `Batches`, `LiveCurves`, ",
    }
    import_cell = sources(5)["imports"]
    more = [import_cell, "plot.use_style(); layers.Dense, time.time, plt.subplots, check, np.pi"]
    anew = f"{import_cell}\nfrom tensorflow.keras import layers"
    texts = run(5, *cells, *more, anew, "import keras; layers = 3", "layers.__name__")
    for (cell, start), said in zip(cells.items(), texts):
        assert start in said, cell
    again, use, changed, taken, last = texts[len(cells) :]
    assert again == changed == "" and "Error" not in use, "the import cell may be run again"
    assert taken.startswith(put_back("layers")) and "_tf_keras" in last


def test_pythons_own_is_told_of_at_once_stays_and_serves_the_courses_cells():
    """Week 1's cells call `len`, and not `sum`."""
    cell = sources(1)
    texts = run(1, cell["constants"], "len = 5", "print(len)", cell["diabetes"], cell["split"],
                "print(len)", "len = 6", "sum = 7", "del len", "len('abc')",
                "from builtins import *", "def zip(): pass\nmax = min = 1",
                cell["rings"], "print(max)\nimport builtins\ndel max, min, zip")  # fmt: skip
    assert texts[1] == (
        "⚠ This cell gave `len` a new meaning, but the course's cells need what Python means by "
        "it, and still get that. Choose another name for yours, and run `del len`.\n"
    )
    assert texts[2] == texts[5] == "5\n"
    assert "Error" not in "".join(texts[3:5]) and "train, validation, test: (265, 10)" in texts[4]
    assert texts[6].startswith("⚠ This cell gave `len` a new meaning")
    assert texts[7] == texts[8] == texts[10] == "" and texts[9] == "3"
    assert texts[11].startswith("⚠ This cell gave `max`, `min` and `zip` a new meaning")
    assert texts[12].startswith("train:") and texts[13] == "1\n"


def test_one_that_was_taken_before_the_import_cell_is_told_of_too():
    cells = [SETUP, "print = len = 3", sources(1)["imports"], "1"]
    said = run_cells(build_notebook(*cells))
    assert said[2].startswith("⚠ An earlier cell gave `len` and `print` a new meaning")
    assert said[3] == "1"


@pytest.mark.parametrize("week", config.available_weeks())
def test_no_cell_of_the_course_takes_what_its_cells_need(week):
    """So none gets the guard's warning."""
    needs, cells = needs_of(week), sources(week)
    assert {"np", "plt", "plot", "check", "exercise", "course"} <= needs.imported
    assert {"print", "range", "len"} <= needs.builtin
    for name, source in cells.items():
        if name not in ("setup", "imports"):
            steps = dis.get_instructions(compile(source, name, "exec"))
            bound = {step.argval for step in steps if step.opname in ("STORE_NAME", "DELETE_NAME")}
            assert not bound & (needs.imported | needs.builtin), name


@pytest.fixture
def copy(tmp_path):
    """A copy of the course with week 1 alone; its root."""
    copy_course(tmp_path, "utils", config.WEEKS[1])
    return tmp_path


def needs_in(root):
    """Return what is guarded in week 1 of a copy: lists of names from imports, and of Python's."""
    code = "from utils.checks.course_names import needs_of as n; x = n(1)\n"
    code += "import json; print(json.dumps([sorted(x.imported), sorted(x.builtin)]))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_what_learners_save_in_their_notebook_does_not_count(copy):
    """Their imports in the import cell, cells of their own, and the code of their exercises."""
    path = copy / config.WEEKS[1] / f"{config.WEEKS[1]}.ipynb"
    before, notebook = needs_in(copy), nbformat.read(path, 4)
    for cell in notebook.cells:
        if cell.id == "imports":
            cell.source += "\nfrom keras import models"
        if cell.id.startswith("exercise-"):
            cell.source += "\nmodels.Sequential, input, filter"
    for source in ("models.Sequential, oct(3)", "%timeit models", "((", "ord = 3"):
        notebook.cells.append(new_code_cell(source))
    nbformat.write(notebook, path)
    assert needs_in(copy) == before


@pytest.mark.parametrize(
    "text", ["", "{", "<<<<<<< HEAD\n{}", "[]", '{"cells": [{}]}', '{"cells": [3]}', "\udcff"]
)
def test_a_notebook_that_cannot_be_read_leaves_what_every_week_needs(copy, text):
    path = copy / config.WEEKS[1] / f"{config.WEEKS[1]}.ipynb"
    path.write_bytes(text.encode(errors="surrogateescape"))
    assert needs_in(copy) == [["check", "course", "exercise"], []]
