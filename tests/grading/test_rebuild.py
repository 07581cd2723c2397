"""What is taken from a submission: known exercises, and what they need, wherever it stands."""

import time
from codeop import Compile

import pytest

from tests.support.grading_room import RIGHT, needs_box, room
from utils import config, notebooks
from utils.checks.exercise import exercise_names, load_solutions
from utils.grading.execution import rebuilt_notebook
from utils.grading.grade import given
from utils.grading.intake.reading import read_sources
from utils.grading.rebuild import odd_code
from utils.grading.rebuild.answers import Rebuilder, given_imports
from utils.grading.sample_cohort import submission, variants

NAMES = ["first", "second"]


def answers(*cells, imports=()):
    return Rebuilder(list(cells), NAMES, given_imports(imports)).answers()


def run(answer):
    """Execute an answer's statements here, only of these tests; return the exercise."""
    space, compiled = {"exercise": lambda item: item}, Compile()  # it remembers __future__
    for statement in answer.statements:
        exec(compiled(statement.source, "cell", "exec"), space)
    return space[answer.name]


def test_helpers_imports_and_constants_come_along():
    """From other cells, also from below; what isn't needed stays."""
    found = answers(
        "import math, os\nLIMIT = 3",
        "@exercise\ndef first(x):\n    return helper(x) + LIMIT",
        "def helper(x):\n    return math.floor(inner(x))",
        "inner = lambda x: x * 2",
        "raise SystemExit",
    )["first"]
    assert run(found)(1.3) == 5
    assert "SystemExit" not in found.source


def test_the_last_definition_counts_and_is_said():
    """As in a notebook that runs from top to bottom."""
    found = answers("def first(): return 1", "def first(): return 2")["first"]
    assert run(found)() == 2
    assert "2 times" in found.notes[0]


def test_a_decorator_of_the_learners_own():
    """What runs at once stands before, wherever the learner put it."""
    cells = ("@exercise\n@twice\ndef first(): return 1", "def twice(f): return lambda: 2 * f()")
    assert run(answers(*cells)["first"])() == 2


def test_a_definition_that_builds_on_the_one_before():
    """`first = wrap(first)` needs both."""
    cells = ("def first(): return 1\ndef wrap(f): return lambda: f() + 5", "first = wrap(first)")
    assert run(answers(*cells)["first"])() == 6


def test_a_constant_that_changes_its_meaning_further_down():
    """An exercise sees what its check in the notebook sees."""
    found = answers(
        "PAD = '<pad>'", "def first(): return PAD", "PAD = 0", "def second(): return PAD"
    )
    assert run(found["first"])() == "<pad>" and run(found["second"])() == 0


def test_names_of_variables_inside_a_function_fetch_nothing():
    """A local `y` isn't the notebook's `y`."""
    found = answers("y = load_everything()", "def first(x):\n    y = x\n    return y")["first"]
    assert len(found.statements) == 1


def test_other_exercises_come_by_themselves():
    """Only those that stand further down come along."""
    above = answers("def second(): return 2", "def first(): return second()")["first"]
    assert (above.calls, len(above.statements)) == (["second"], 1)
    below = answers("def first(): return second()", "def second(): return 2")["first"]
    assert run(below)() == 2


def test_cells_that_were_merged_split_or_broken():
    """A cell that can't be read costs only what is in it."""
    found = answers("x = 1\ndef first(): return x\ndef second(): return 3", "def broken(:")
    assert run(found["first"])() == 1
    assert run(found["second"])() == 3
    found = answers("def first(x):", "    return x", "def second(): return 1")
    assert "can't be read" in found["first"].problem and not found["first"].statements
    assert found["second"].statements


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\n!pip install x\ndef first(): return 7",
        "%%time\ndef first(): return 7",
        "  \n%%time\ndef first(): return 7",
        "    def first():\n        return 7",
        ">>> def first():\n...     return 7",
        "In [3]: def first():\n   ...:     return 7",
        "%time V = 7\ndef first(): return V",
        "V = %time 7\ndef first(): return V",
        "!echo it's\ndef first(): return 7",
        "V = '''\n%s\n!l\n'''\n!ls\ndef first(): return len(V)",
        "try:\n    V = 7\nfinally:\n    !pip install x\nfiles = !ls\ndef first(): return V",
        "V = (77\n     % 10)\n%matplotlib inline\ndef first(): return V\nfirst?",
        "def first(): return 7;\nfirst?",
        "x = 1; first = lambda: 7",
        "if True:\n    def first(): return 7",
        "try:\n    import nothing_like_it\nexcept ImportError:\n    pass\ndef first(): return 7",
        "def first():\n    # NBVAL_SKIP\n    return 7  # end",
    ],
)
def test_what_notebooks_hold_besides_python(cell):
    """Magics, shell lines, help, statements in one line."""
    assert run(answers(cell)["first"])() == 7


@pytest.mark.parametrize(
    "cell",
    ["(" * 5_000, "x = " + "-" * 50_000 + "1", "\0", "a" + ".b" * 40_000, "[" * 90 + "]" * 90],
)
def test_code_made_to_break_a_parser(cell):
    """It costs its own cell."""
    assert run(answers(cell, "def first(): return 1")["first"])() == 1


CHANGED = {
    "augmented": ("V = [1]\nV += [7]", "def first(): return V[1]"),
    "item": ("V = {}\nV['k'] = 7", "def first(): return V['k']"),
    "method": ("V = []\nV.append(7)", "def first(): return V[0]"),
    "method of an item": (
        "V = {}\nV.setdefault('k', []).append(7)",
        "def first(): return V['k'][0]",
    ),
    "deleted item": ("V = [1, 7]\ndel V[0]", "def first(): return V[0]"),
    "loop": ("V = {}\nfor k in (1, 7):\n    V[k] = k", "def first(): return V[7]"),
    "comprehension": ("V = []\n[V.append(k) for k in (1, 7)]", "def first(): return V[1]"),
    "function of it": ("import random\nV = [7]\nrandom.shuffle(V)", "def first(): return V[0]"),
    "attribute": ("def f(): return f.v\nf.v = 7", "def first(): return f()"),
    "method of a class": (
        "class A: pass\ndef v(self): return 7",
        "A.v = v",
        "def first(): return A().v()",
    ),
    "decorator's attribute": (
        "from functools import singledispatch\n@singledispatch\ndef f(x): return 0",
        "@f.register(int)\ndef _(x): return 7",
        "def first(): return f(1)",
    ),
    "dotted imports": (
        "import xml.dom\nimport xml.sax",
        "def first(): return 7 if xml.dom and xml.sax else 0",
    ),
    "method kept by a name": ("V = []\npush = V.append\npush(7)", "def first(): return V[0]"),
    "attributes as a dict": (
        "class A: pass\nvars(A()).update(v=1)\nv = A()\nvars(v).update(v=7)",
        "def first(): return v.v",
    ),
    "object that is called": (
        "class A(list):\n    def __call__(self, x): self.append(x)\nkeep = A()\nkeep(7)",
        "def first(): return keep[0]",
    ),
    "object that decorates": (
        "class A(list):\n    def __call__(self, f): self.append(f)\nkeep = A()",
        "@keep\ndef seven(): return 7",
        "def first(): return keep[0]()",
    ),
    "class that notes its subclasses": (
        "class A:\n    all = []\n    def __init_subclass__(cls): A.all.append(cls)",
        "class B(A): pass\nclass C(B): pass\nC.v = 7",
        "def first(): return A.all[1].v",
    ),
    "metaclass": (
        "class M(type):\n    all = []\n    def __init__(self, *a): M.all.append(self)",
        "class B(metaclass=M): v = 7",
        "def first(): return M.all[0].v",
    ),
    "names as a dict": ("globals().update(V=7)", "def first(): return V"),
    "names in a loop": ("for k in 'UV': globals()[k] = 7", "def first(): return V"),
    "names set by a function": (
        "def put(n): globals()[n] = 7\nput('V')",
        "def first(): return V",
    ),
    "name as text": ("V = 7", "def first(): return globals()['V']"),
    "name made of text": ("f_it = lambda: 7", "def first(k='f'): return globals()[f'{k}_it']()"),
    "global": ("def f():\n    global V\n    V = 7\nf()", "def first(): return V"),
    "registry": (
        "V = {}\ndef keep(f):\n    V[f.__name__] = f\n    return f",
        "@keep\ndef seven(): return 7",
        "def first(): return V['seven']()",
    ),
    "binding that may not happen": ("V = 7\nif not V:\n    V = 9", "def first(): return V"),
    "version that may not come": ("V = 0\ndef first(): return 7", "if V:\n    def first(): pass"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_changes_something_comes_along(case):
    """It binds no name, yet the exercise sees what it did."""
    assert run(answers(*CHANGED[case])["first"])() == 7


def test_a_change_of_a_library_stays_behind():
    """The submission didn't make it, and other exercises use it too."""
    cells = ("import math", "math.floor = print", "def first(): return math.floor(7.5)")
    assert len(answers(*cells)["first"].statements) == 2


def test_files_of_the_notebooks_own(tmp_path, monkeypatch):
    """What writes a file comes along with what reads it; a cell may be a file, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    cells = (
        "import os, json\nfrom pathlib import Path",
        "os.makedirs('parts/one')\nPLACE = Path('parts')",
        "with open('parts/one/v.json', 'w') as out:\n    json.dump(7, out)",
        "(PLACE / 'two.txt').write_text('7')\nPath('else.txt').write_text(str(1 / 0))",
        "%%writefile seven_of_a_cell.py\ndef seven(): return 7",
        "from seven_of_a_cell import seven",
        "def first():\n    with open('parts/one/v.json') as file:\n        return json.load(file)",
        "def second(): return seven() + int(Path('parts/two.txt').read_text())",
    )
    found = answers(*cells)
    assert run(found["first"])() == 7
    (tmp_path / "parts" / "one" / "v.json").unlink()
    (tmp_path / "parts" / "one").rmdir()
    (tmp_path / "parts").rmdir()
    assert run(found["second"])() == 14


def test_the_rest_of_the_notebook_stays_behind():
    """Trainings that change a model, below the check or of other names, aren't run."""
    found = answers(
        "TABLE = {}\nfor k in 'ab':\n    TABLE[k] = 7",
        "def first(): return TABLE['a']",
        "check.first(first)",
        "model = train(first)\nfor k in range(100):\n    model.step(k)\n    TABLE[k] = model",
        "layers = keras.layers\nout = layers.add([model, model])\nmodel.w[0] = 1",
    )["first"]
    assert run(found)() == 7 and len(found.statements) == 3


def test_what_was_changed_is_made_anew_for_the_next_exercise():
    """A change is never made twice to the same thing."""
    cells = ["V = []\nV.append(1)", "def first(): return len(V)", "def second(): return len(V)"]
    assert _run_rebuilt(answers(*cells)) == [1, 1]


def test_an_import_of_all_names_is_run_once():
    """Else it would take the names of what stands below it."""
    cells = ["from math import *\nfrom cmath import *\ndef floor(x): return 7"]
    cells += ["def first(): return floor(1)", "def second(): return floor(1)"]
    assert _run_rebuilt(answers(*cells)) == [7, 7]


def _run_rebuilt(found):
    """Run the rebuilt notebook's definitions; return what each exercise returns in its turn."""
    seeds, seconds = dict.fromkeys(NAMES, 1), dict.fromkeys(NAMES, 5)
    space, results = {}, []
    for cell in rebuilt_notebook.build(1, list(found.values()), seeds, seconds).cells[1:]:
        about = cell.metadata["course"]
        if about["kind"] == "probe":
            results.append(space[about["exercise"]]())
        else:
            exec(cell.source, space)
    return results


@pytest.mark.parametrize(
    "cells",
    [
        ("from math import *", "def first(): return floor(7.5)"),
        ("from math import *", "def f(): return floor(7.5)", "def first(): return f()"),
        ("from __future__ import annotations", "def first(x: Unknown = 7): return x"),
        ("from operator import add as sum", "def first(): return sum(3, 4)"),
        ("from operator import *\nfrom math import *", "def first(): return int(pow(7, 1))"),
    ],
)
def test_imports_that_name_nothing_or_builtins(cells):
    """They stand above, so they hold."""
    assert run(answers(*cells)["first"])() == 7


def test_a_builtin_that_is_rebound_below():
    """Until there it is Python's own."""
    assert run(answers("def first(): return sum([3, 4])", "sum = 0")["first"])() == 7


@pytest.mark.parametrize(
    "cells",
    [
        ("def first(): return 7", "check.first(first)", "def first(): return 0"),
        ("def first(): return 7", "check.first(first)", "first = first()"),
        ("def first(): return 7\ncheck.first(first)\nfirst = 3",),
        ("V = 7", "def first(): return V", "check.first(first)", "V = 0"),
        ("V = 0", "def first(): return V", "V = 7", "check.first(first)"),
        ("V = 7", "def first(): return V", "check.first(first)", "del V"),
        (
            "def first(): return 0",
            "check.first(first)",
            "def first(): return 7\ncheck.first(first)",
        ),
        ("def first(): raise NotImplementedError", "check.first(first)", "def first(): return 7"),
        ("def first(): return 7", "def first():\n    'Words.'\n    raise NotImplementedError()"),
        ("def first(): return 7", "first = first()"),
    ],
)
def test_what_the_check_saw_is_graded(cells):
    """What came below it doesn't count, and neither do the template or a result of that name."""
    assert run(answers(*cells)["first"])() == 7


def test_a_version_below_the_check_is_said():
    """The learner reads which one counted."""
    cells = ("def first(): return 7", "check.first(first)", "def first(): return 0")
    assert "`check.first` saw" in answers(*cells)["first"].notes[0]


@pytest.mark.parametrize(
    "cells",
    [
        ("N = 1\ndef make(): return [7] * N\nV = make()", "N = 2", "def first(): return sum(V)"),
        (
            "def f(x): return -x\ndef g(x): return f(x)\nV = g(-7)\ndef f(x): return x",
            "def first(): return V",
        ),
        ("def f(): return g()\nV = [f]\ndef g(): return 7", "def first(): return V[0]()"),
        (
            "@wrap\ndef first(): return 1",
            "def wrap(f): return inner(f)",
            "inner = lambda f: lambda: 7",
        ),
    ],
)
def test_what_runs_at_once_sees_what_stands_above_it(cells):
    """And what is called later sees what stands above the exercise."""
    assert run(answers(*cells)["first"])() == 7


def test_each_import_of_a_line_stands_alone():
    """One that is missing costs only itself, and one that isn't needed stays."""
    cells = ("import nothing_like_it, os, math as m", "def first(): return m.floor(7.5)")
    found = answers(*cells)["first"]
    assert run(found)() == 7 and "os" not in found.source


def test_a_cell_that_breaks_the_transformer_costs_itself():
    """Whatever is raised while a cell is read."""
    hundreds = "!a\n" * 600
    for cell in ("x = 1\ry = 2\r", hundreds, hundreds + "(", "x = '\ud800'"):
        assert run(answers(cell, "def first(): return 7")["first"])() == 7


def test_code_too_deep_to_be_read_is_odd():
    """And costs nobody else."""
    assert odd_code.suspicious("np" + ".b" * 600 + " = 1") == ["a change of np"]
    assert odd_code.suspicious("(" * 600) == ["code that can't be read"]


def test_a_reason_is_short():
    """A name of half a million letters isn't repeated for each exercise."""
    name = "y" * 10_000
    found = answers(f"def first():\n {name} = 1\n global {name}")["first"]
    assert "can't be read" in found.problem and len(found.problem) < 300


@pytest.mark.parametrize(
    "cells",
    [
        ["a = 1\n" + "a = a\n" * 20_000 + "def first(): return a"],
        ["a = 1\n" + "if a: a = 1\n" * 5_000 + "def first(): return a"],
        ["a = 1\n" + "a = 1;" * 5_000 + "\ndef first(): return a"],
        ["!a\n" * 5_000, "def first(): return 1"],
        ["\n" * 100_000 + "(", "def first(): return 1"],
    ],
)
def test_the_time_grows_with_the_size_alone(cells):
    """Seconds, where each statement once cost as much as all above it."""
    start = time.process_time()
    found = answers(*cells)["first"]
    assert time.process_time() - start < 5
    assert found.statements or "more than 300" in found.problem


def test_missing_imports_are_lent():
    """A learner who deleted the import cell still has the course's."""
    found = answers("def first(): return np.ones(2).sum()", imports=["import numpy as np"])["first"]
    assert run(found)() == 2


MSE = """def mse_loss(X, y, w):
    if not len(X):
        raise ValueError("no rows")
    return sum(POWERS[2](X @ w - y), axis=0) / len(X)"""


@needs_box
def test_three_ways_to_write_a_notebook_in_one_kernel():
    """All names of numpy, annotations that aren't evaluated, a table that is filled by a loop."""
    found = room(1).grade(
        "from __future__ import annotations\nfrom numpy import *",
        "POWERS = {}\nfor k in (1, 2):\n    POWERS[k] = lambda x, k=k: x**k",
        f"{MSE}\ncheck.mse_loss(mse_loss)",
        "def soft_threshold(w: NDArray, threshold):\n"
        "    return sign(w) * maximum(abs(w) - threshold, 0.0)",
        f"{RIGHT}\ncheck.sgd_step(sgd_step)",
        "sgd_step = sgd_step(ones(2), ones(2), 0.1)",
    )
    for name in ("mse_loss", "soft_threshold", "sgd_step"):
        assert found[name].score == found[name].points, found[name]


@pytest.mark.parametrize("week", config.available_weeks())
def test_every_exercise_of_the_notebook_is_found(week):
    """In the notebook as it is, and filled in; nothing but the course's imports is lent."""
    cells = [cell.source for cell in notebooks.read(week).cells if cell.cell_type == "code"]
    names = exercise_names(week)
    for sources in (cells, _sources(submission(week))):
        found = Rebuilder(sources, names, given(week)).answers()
        assert all(answer.statements and not answer.problem for answer in found.values())


def _sources(filled):
    import json

    return read_sources(json.dumps(filled).encode()).cells


@pytest.mark.parametrize("week", config.available_weeks())
def test_no_sound_answer_is_remarked_on(week):
    """Neither a reference nor an alternative looks odd."""
    text = config.solutions_path(week).read_text(encoding="utf-8")
    assert odd_code.suspicious(text) == [], load_solutions(week)
    for sources in variants(week).values():
        for kind, source in sources:
            if kind == "alternative":
                assert odd_code.suspicious(source) == [], source


@pytest.mark.parametrize(
    "code",
    [
        "import gc",
        "import __main__",
        "from utils.checks import week1",
        "from utils import checks",
        "from probes import kernel_side",
        "().__class__.__base__.__subclasses__()",
        "sys.modules['probes']",
        "sys._getframe(1).f_locals",
        "getattr(frame, 'f_back')",
        "np.allclose = print",
        "del keras.Model.fit",
        "exec('x')",
        "np.ctypeslib",
        "class M(keras.Model):\n    def count_params(self): return 1",
        "class M(keras.Model):\n    weights = property(lambda s: [])",
        "get_ipython()",
        "from IPython import get_ipython",
        "np.load('f', allow_pickle=True)",
    ],
)
def test_code_that_looks_into_the_interpreter_is_seen(code):
    """It is worth a person's glance."""
    assert odd_code.suspicious(code)


@pytest.mark.parametrize(
    "code",
    [
        "import logging, json, os.path, pathlib, asyncio, threading, tempfile, inspect, types",
        "from tqdm.auto import tqdm\nfrom IPython.display import HTML, display",
        "import some_module_of_mine",
        "from utils.config import pick\nfrom utils import config, course, datasets",
        "sys.float_info.eps\nsys.setrecursionlimit(9)\nsys.stdout.flush()",
        "keras.utils.set_random_seed(3)",
        "getattr(np, name)(globals()['x'], vars(x), locals())\nsetattr(A, 'f', f)",
        "type('M', (Base,), {'__slots__': ()})",
        "class M(Base):\n    __slots__ = ()\n    def __eq__(self, other): return True",
        "class M(keras.layers.Layer):\n    def build(self, input_shape): self.units = 3",
        "class M(keras.Model):\n    def __init__(self): self.weights_of_mine = layers.Dense(3)",
        "code = np.load('f.npz')['code']\nnet.compile()\nre.compile('x')\nmodel.eval()",
        "if __name__ == '__main__': print(f.__name__, f.__doc__, x.__class__, x.__dict__)",
        "modules = ['modules']\nwith open('f', 'w') as file: file.write('x')",
        "x.np.y = 1\nmy.shape = 3\nnp.random.seed(1)",
    ],
)
def test_honest_code_is_not(code):
    """A remark that everybody gets is none."""
    assert odd_code.suspicious(code) == []


def test_a_definition_is_run_once_unless_it_was_overwritten():
    """The rebuilt notebook repeats an import only where another took its name."""
    cells = ["import math", "def first(): return math.pi", "def second(): return math.e"]
    found = list(answers(*cells).values())
    seeds, seconds = dict.fromkeys(NAMES, 1), dict.fromkeys(NAMES, 5)
    kinds = [
        cell.metadata["course"]["kind"]
        for cell in rebuilt_notebook.build(1, found, seeds, seconds).cells
    ]
    assert kinds == ["setup", "define", "define", "probe", "define", "probe"]
